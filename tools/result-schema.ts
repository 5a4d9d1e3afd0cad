// Writes the JSON Schema of a trial's result: `node tools/result-schema.ts`, after a change of src/trial/document.ts. A test sees that it is current.
import { writeFileSync } from 'node:fs'
import { printResultSchema, RESULT_SCHEMA } from './docs/result-schema.ts'
import { ROOT } from './repository.ts'

writeFileSync(ROOT + RESULT_SCHEMA, printResultSchema())
