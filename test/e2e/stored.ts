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

/** Changes rows beside the app, each by a function that stands on its own; the app shows them from the next page on. */
export async function changeRows<Row>(
  page: Page,
  { database, table }: { readonly database: string; readonly table: string },
  change: (row: Row) => Row,
): Promise<void> {
  const inPage = async (database: string, table: string, change: (row: unknown) => unknown) => {
    const done = <T>(request: IDBRequest<T>) =>
      new Promise<T>((resolve, reject) => {
        request.onsuccess = () => resolve(request.result)
        request.onerror = () => reject(request.error)
      })
    const opened = await done(indexedDB.open(database))
    const store = opened.transaction(table, 'readwrite').objectStore(table)
    for (const row of await done(store.getAll())) await done(store.put(change(row)))
    opened.close()
  }
  // As a script's text: the app's own policy lets no page make functions out of words.
  await page.evaluate(`(${inPage})(${JSON.stringify(database)}, ${JSON.stringify(table)}, ${change})`)
}

/** Puts rows beside the app; the app shows them at once or from the next page on. */
export async function putRow(
  page: Page,
  { database, table }: { readonly database: string; readonly table: string },
  ...rows: readonly object[]
): Promise<void> {
  await page.evaluate(
    async ({ database, table, rows }) => {
      const opened = await new Promise<IDBDatabase>((resolve, reject) => {
        const request = indexedDB.open(database)
        request.onsuccess = () => resolve(request.result)
        request.onerror = () => reject(request.error)
      })
      const transaction = opened.transaction(table, 'readwrite')
      for (const row of rows) transaction.objectStore(table).put(row)
      await new Promise((resolve) => {
        transaction.oncomplete = resolve
      })
      opened.close()
    },
    { database, table, rows },
  )
}
