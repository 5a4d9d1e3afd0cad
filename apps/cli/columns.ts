const NARROWEST = 60
const WITHOUT_TERMINAL = 120

/** How many columns a text on stdout may take. */
export const columns = (): number => Math.max(NARROWEST, process.stdout.columns ?? WITHOUT_TERMINAL)
