/** Works out a draw again on the phone, from what is published of it and from one's own record of having been in it. */
import { type DeviceDb, readTrustedKeys } from '../db/device.ts'
import type { DrawEntry, DrawnDetail } from '../domain/ledger/record.ts'
import type { EntryId } from '../domain/offers/draw.ts'
import { isProvable } from '../proof/digest.ts'
import { checkDraw, type DrawCheck, type PublishedDraw } from '../proof/draw.ts'
import { rootBy } from '../proof/merkle.ts'

export interface OwnEntry {
  readonly id: EntryId
  readonly entered: DrawEntry
  /** Absent where the record does not say how it was drawn. */
  readonly drawn: DrawnDetail | undefined
  readonly hasWon: boolean
}

export interface DrawFindings extends DrawCheck {
  /** The proof in one's own record leads to the published root; undefined without such a record. */
  readonly isMineProven: boolean | undefined
}

/** Undefined where this browser has no digests. */
export async function checkPublishedDraw(
  device: DeviceDb,
  told: PublishedDraw & { readonly commitment: string; readonly pieces: number },
  own?: OwnEntry,
): Promise<DrawFindings | undefined> {
  if (!isProvable()) return undefined
  const { commitment, pieces, root } = told
  const mine = own ? { id: own.id, hasWon: own.hasWon } : undefined
  const found = await checkDraw(told, { commitment, pieces, mine }, await readTrustedKeys(device))
  const { drawn } = own ?? {}
  const isMineProven =
    own && drawn ? (await rootBy(own.id, drawn)) === root && drawn.root === root : undefined
  return { ...found, isMineProven }
}
