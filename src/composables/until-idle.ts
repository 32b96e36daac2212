/** Resolves when the browser has nothing better to do: work that nobody waits for must not compete with the first screen. */

/** Where there is no idle callback (Safari), and at the latest in any case. */
const LATEST_MS = 1500

export function untilIdle(): Promise<void> {
  return new Promise((resolve) => {
    const idle = globalThis.requestIdleCallback as typeof requestIdleCallback | undefined
    if (idle) idle(() => resolve(), { timeout: LATEST_MS })
    else setTimeout(resolve, 200)
  })
}
