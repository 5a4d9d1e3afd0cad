// What a status means to whoever started the run, and what helps.

export const FAILURES = {
  stepLimit: {
    code: 'step-limit',
    reason: 'as many steps were taken as are allowed',
    help: 'allow more with --max-steps, or ask for less accuracy with --tolerance',
  },
  notFinite: {
    code: 'not-finite',
    reason: 'a rate, a state or a dose was no finite number',
    help: 'look for a division by zero, a strict table that is left, a logarithm or power of a number that rounding takes below 0 (write max(x, 0)), or growth without bounds',
  },
  stepTooSmall: {
    code: 'step-too-small',
    reason: 'no step was small enough to follow the solution',
    help: 'the solution may blow up, or a rate may jump: give jumps as inputs or doses',
  },
} as const
