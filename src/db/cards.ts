/** How far somebody has learnt the cards: kept beside the ledger on this phone, never sent, gone when the ledger leaves. */
import { liveQuery, type Observable } from 'dexie'
import type { CardState, CardStates } from '../domain/taking-part/learning.ts'
import type { LedgerDb } from './database.ts'
import { readMeta, writeMeta } from './meta.ts'

export function liveCards(db: LedgerDb): Observable<CardStates> {
  return liveQuery(async () => (await readMeta(db, 'cards')) ?? {})
}

/** Read and written in one step, so that two tabs do not undo each other. Without a state the card is new again. */
export async function changeCard(
  db: LedgerDb,
  cardId: string,
  change: (before: CardState | undefined) => CardState | undefined,
): Promise<void> {
  await db.transaction('rw', db.meta, async () => {
    const { [cardId]: before, ...others } = (await readMeta(db, 'cards')) ?? {}
    const after = change(before)
    await writeMeta(db, 'cards', after === undefined ? others : { ...others, [cardId]: after })
  })
}
