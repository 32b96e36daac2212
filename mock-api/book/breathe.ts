/** One thread serves all: long work stops now and then, so that whoever only reads is answered in between. */

/** Reading or deciding so many commands takes a few milliseconds. */
const COMMANDS_A_BREATH = 32

/** To be awaited after each command; `done` counts from 1. */
export function breathe(done: number): Promise<void> | undefined {
  if (done % COMMANDS_A_BREATH !== 0) return undefined
  return new Promise((resolve) => setImmediate(resolve))
}
