/** Runs inside a page of the bare endpoint's origin: PouchDB as its manual tells to use it. Bundled by kit.ts under `pouchKit`. */
// @ts-expect-error: it brings no types, and the few calls below are all that is used.
import PouchDB from 'pouchdb-browser'

/** Of PouchDB's interface, what is used here. */
interface Pouch {
  put(doc: { readonly _id: string }): Promise<unknown>
  readonly replicate: {
    to(url: string, options: { readonly batch_size: number }): Promise<{ readonly docs_written: number }>
  }
}

let local: Pouch

/** Keeps the documents, each in a transaction of its own. Milliseconds of all of them. */
export async function keepDocuments(documents: readonly string[]): Promise<number> {
  local = new PouchDB('acts') as Pouch
  const startedAt = performance.now()
  for (const document of documents) await local.put(JSON.parse(document) as { _id: string })
  return performance.now() - startedAt
}

/** Pushes all that is kept. Milliseconds, and how many documents it says to have written. */
export async function pushAll(batchSize: number): Promise<{ took: number; written: number }> {
  const startedAt = performance.now()
  const { docs_written: written } = await local.replicate.to(`${location.origin}/acts`, {
    batch_size: batchSize,
  })
  return { took: performance.now() - startedAt, written }
}
