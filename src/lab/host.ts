// What the lab needs from the world. The apps give it; nothing under src/ touches a clock, a disk or a thread by itself.

/** A thread that answers messages with messages, one by one. */
export interface Thread {
  /** Sends a message; the answer is what the thread posts back. A thread that fails rejects. */
  ask(message: unknown): Promise<unknown>
  stop(): void
}

export interface Host {
  /** Starts a thread that passes its messages to `answerMessages`. */
  spawn(): Thread
}

/** How far a piece of work is. */
export interface Step {
  readonly done: number
  readonly total: number
  /** The phase of a run that has several. */
  readonly what?: string
}

/** The part of an AbortSignal that is used here; every host's own fits. */
export interface StopSignal {
  readonly aborted: boolean
  addEventListener(type: 'abort', listener: () => void): void
  removeEventListener(type: 'abort', listener: () => void): void
}

export interface Running {
  readonly signal?: StopSignal
  readonly onProgress?: (step: Step) => void
}
