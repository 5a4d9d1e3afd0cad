// Makes library/populations/msc-effect.curve.yaml: `node tools/effect-curve.ts`, a few minutes. Run it again when the model, the reference population or
// its regimens change; the file carries the hash of what it was made from.
import { writeFileSync } from 'node:fs'
import { stringify } from 'yaml'
import { readText } from '../apps/cli/files.ts'
import { gatherTrial, traceEffect } from '#lab'

const REFERENCE = 'library/trials/reference-msc.trial.yaml'
const CURVE = 'library/populations/msc-effect.curve.yaml'
const SCALES = [-4, -2, -1, -0.5, 0, 0.5, 1, 2, 4, 8, 16]
const DRAWS = 40
const PER_DRAW = 8
const SEED = 1

const { value: spec, problems } = await gatherTrial(REFERENCE, readText)
for (const { message, place } of problems) process.stderr.write(`${place?.file}:${place?.line} ${message}\n`)
const parameter = spec?.population.effect?.parameter
if (!spec || parameter === undefined)
  throw new Error(`${REFERENCE} does not read well, or its population has no effect`)
const request = { spec, parameter, scales: SCALES, draws: DRAWS, perDraw: PER_DRAW, seed: SEED }
const curve = await traceEffect(request, (done) => process.stderr.write(`\rdraw ${done} of ${DRAWS}`))
const head = `# Made by tools/effect-curve.ts; do not write by hand. Net SLEDAI-2K at each scale: cells minus the same treatment without cells.\n`
writeFileSync(CURVE, head + stringify(curve))
process.stderr.write(`\nwrote ${CURVE}\n`)
