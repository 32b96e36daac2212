/** What the browser has stored, read beside the app: for promises that no screen shows. */
import type { Page } from 'playwright-core'

export function rowsOf<Row>(page: Page, database: string, table: string): Promise<Row[]> {
  return page.evaluate(
    async ({ database, table }) => {
      const done = <T>(request: IDBRequest<T>) =>
        new Promise<T>((resolve, reject) => {
          request.onsuccess = () => resolve(request.result)
          request.onerror = () => reject(request.error)
        })
      const opened = await done(indexedDB.open(database))
      const rows = await done(opened.transaction(table).objectStore(table).getAll())
      opened.close()
      return rows as Row[]
    },
    { database, table },
  )
}

/** Whose ledger is open. */
export async function ledgerId(page: Page): Promise<string> {
  const facts = await rowsOf<{ key: string; value: string }>(page, 'greentrace-device', 'facts')
  return facts.find(({ key }) => key === 'currentLedgerId')?.value ?? ''
}

/** What still waits for an answer, as it will be sent. */
export async function outbox(page: Page): Promise<{ id: string; text: string; state: string }[]> {
  return rowsOf(page, `greentrace-ledger-${await ledgerId(page)}`, 'outbox')
}

/** What a request for the open account carries beside its cookie. */
export async function sessionHeaders(page: Page): Promise<Record<string, string>> {
  const meta = await rowsOf<{ key: string; value: string }>(
    page,
    `greentrace-ledger-${await ledgerId(page)}`,
    'meta',
  )
  const secret = meta.find(({ key }) => key === 'sessionSecret')?.value
  return secret === undefined ? {} : { 'greentrace-secret': secret }
}
