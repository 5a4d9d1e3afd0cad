// The published shape of what `imago run --json` prints, from the one place where it is written: `trialDocument` of #trial.
import { toJSONSchema } from 'zod'
import { trialDocument } from '#trial'

export const RESULT_SCHEMA = 'docs/schema/generated/result.schema.json'

/** Prints the JSON Schema of a trial's result. */
export function printResultSchema(): string {
  const { $schema, ...shape } = toJSONSchema(trialDocument)
  const head = {
    $schema,
    $comment: 'made by tools/result-schema.ts from src/trial/document.ts',
    title: 'The result of a trial',
  }
  return `${JSON.stringify({ ...head, ...shape }, undefined, 2)}\n`
}
