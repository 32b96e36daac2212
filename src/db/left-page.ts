/**
 * A page that is left can be kept whole by the browser, to be there at once on the way back. WebKit keeps its running transactions too, and
 * until that page is gone, whatever comes next waits behind them in silence: nothing more can be recorded. So they end with their page.
 * What was running had acknowledged nothing; a live read asks again when the page comes back.
 */
import type { Dexie } from 'dexie'

const running = new Set<IDBTransaction>()

/** Remembers which transactions of this database are running. */
export function endsWithItsPage(db: Dexie): void {
  db.use({
    stack: 'dbcore',
    name: 'ends with its page',
    create: (core) => ({
      ...core,
      transaction(...given) {
        const transaction = core.transaction(...given) as IDBTransaction
        running.add(transaction)
        const forget = () => running.delete(transaction)
        transaction.addEventListener('complete', forget)
        transaction.addEventListener('abort', forget)
        return transaction
      },
    }),
  })
}

export function abortRunning(): void {
  for (const transaction of running) {
    try {
      transaction.abort()
    } catch {
      // Just ended.
    }
  }
}
