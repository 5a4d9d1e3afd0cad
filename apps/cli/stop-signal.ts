// Ctrl-C as a signal: the run ends by itself, writes nothing half, and says so. A second Ctrl-C ends the program at once.

/** Starts listening; the signal is given on the first interrupt. */
export function stopSignal(): AbortSignal {
  const controller = new AbortController()
  for (const name of ['SIGINT', 'SIGTERM'] as const)
    process.once(name, () => {
      controller.abort()
      process.once(name, () => process.exit(130))
    })
  return controller.signal
}
