/** An office's journal, checked in the browser page by page: chain, commitments, and the signature over where each page ends. */
import { keySetSchema } from '../../../contract/catalog.ts'
import { officeJournalSchema } from '../../../contract/desk/journal.ts'
import { type Cursor, findChainFault, START } from '../../../proof/chain.ts'
import { readHead } from '../../../proof/head.ts'
import type { DeskApi } from '../../desk-api.ts'

export type JournalCheck =
  | { readonly result: 'good'; readonly records: number }
  | {
      readonly result: 'bad'
      readonly fault: 'gap' | 'hash' | 'detail' | 'signature' | 'head'
      readonly seq: number
    }

export async function checkJournal(api: DeskApi, office: string): Promise<JournalCheck> {
  const keys = await api.get('/api/v1/keys?wire=2', keySetSchema)
  let cursor: Cursor = START
  for (;;) {
    const page = await api.get(`/journal/${office}?after=${cursor.seq}`, officeJournalSchema)
    const fault = await findChainFault(cursor, page.records)
    if (fault) return { result: 'bad', fault: fault.what, seq: fault.seq }
    const last: Cursor = page.records.at(-1) ?? cursor
    const head = await readHead(page.head, keys, { isNew: true })
    if (!head) return { result: 'bad', fault: 'signature', seq: last.seq }
    if (head.account !== page.accountId || head.seq !== last.seq || head.hash !== last.hash)
      return { result: 'bad', fault: 'head', seq: last.seq }
    cursor = last
    if (!page.hasMore) return { result: 'good', records: cursor.seq }
  }
}
