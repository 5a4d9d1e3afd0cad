// One number for one time, however it was reckoned.

/**
 * Rounds a time to 15 digits. Times that are the same for a person (3 times 0.1, and 0.3) are then the same number, so that a row and a dose meet.
 */
export const roundTime = (time: number): number => Number(time.toPrecision(15))
