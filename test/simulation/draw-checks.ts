/**
 * What must hold of every draw: what is published works out again, from entries that somebody asked for, one a person, of nobody who had left; no
 * more are drawn than there are pieces; and each entry that was accepted has come to one end in its own journal.
 */
import { type DrawAnswer, drawAnswerSchema } from '../../src/contract/draws.ts'
import { readTolerantly } from '../../src/contract/tolerant.ts'
import { openBody, openDetail } from '../../src/domain/ledger/open-record.ts'
import type { RecordDetail } from '../../src/domain/ledger/record.ts'
import type { EntryId } from '../../src/domain/offers/draw.ts'
import type { Offer } from '../../src/domain/offers/offer.ts'
import { checkDraw } from '../../src/proof/draw.ts'
import { rootBy } from '../../src/proof/merkle.ts'
import { BrokenInvariant } from './checks.ts'
import type { World } from './world.ts'

/** As it was promised before anybody entered. */
export interface Announced {
  readonly offer: Offer
  readonly pieces: number
  /** How often the backend had been restored by then. */
  readonly restores: number
}

/** One that was accepted, by its own journal. */
interface Entry {
  readonly id: string
  readonly accountId: string
  readonly offerId: string
  end?: 'draw.leave' | 'draw.won' | 'draw.lost'
  /** What the journal says of how it was drawn. */
  told?: RecordDetail['drawn']
}

type Line = { accountId: string; body: string; detail: string | null }

export async function checkDraws(
  world: World,
  { announced, asked }: { announced: readonly Announced[]; asked: ReadonlySet<string> },
): Promise<void> {
  const entries = await readEntries(world)
  for (const entry of entries) {
    if (entry.end === undefined)
      throw new BrokenInvariant(`the entry ${entry.id} was never told how it came out`)
    if (entry.end === 'draw.leave') world.counts.entriesLeft++
    else world.counts[entry.end === 'draw.won' ? 'entriesWon' : 'entriesLost']++
  }
  for (const draw of announced)
    await checkDrawn(world, {
      draw,
      asked,
      entries: entries.filter(({ offerId }) => offerId === draw.offer.id),
    })
}

/** Of accounts that stand; from each journal in its order. */
async function readEntries({ backend }: World): Promise<Entry[]> {
  const lines = await backend.db.query<Line>(
    `select r.account_id as "accountId", r.body, r.detail from records r join accounts a /* all accounts */ on a.account_id = r.account_id
      where a.deleted_at is null and r.outcome = 'accepted' and strpos(r.body, '"kind":"draw.') > 0 order by r.account_id, r.seq`,
  )
  const entries = new Map<string, Entry>()
  for (const line of lines) {
    const [body, detail] = [openBody(line.body), openDetail(line.detail) ?? {}]
    const { kind } = body
    if (kind === 'draw.enter')
      entries.set(body.id, { id: body.id, accountId: line.accountId, offerId: detail.entry?.offerId ?? '' })
    else if (kind === 'draw.leave' || kind === 'draw.won' || kind === 'draw.lost') {
      const entry = entries.get(detail.about ?? '')
      if (!entry) throw new BrokenInvariant(`${kind} of ${detail.about}, which was never entered`)
      if (entry.end !== undefined)
        throw new BrokenInvariant(`the entry ${entry.id}: ${entry.end}, then ${kind}`)
      entry.end = kind
      if (detail.drawn) entry.told = detail.drawn
    }
  }
  return [...entries.values()]
}

interface OfOne {
  readonly draw: Announced
  readonly asked: ReadonlySet<string>
  readonly entries: readonly Entry[]
}

async function checkDrawn(world: World, { draw, asked, entries }: OfOne): Promise<void> {
  const { offer, pieces } = draw
  const told = await readTold(world, offer)
  if (told.state !== 'drawn') throw new BrokenInvariant(`the draw ${offer.id} has not come out`)
  const isUndisturbed = world.restores === draw.restores
  const won = entries.filter(({ end }) => end === 'draw.won')
  // Who holds a result of before a restored backup keeps it.
  if (isUndisturbed && won.length > pieces)
    throw new BrokenInvariant(`${won.length} were drawn for ${pieces} pieces of ${offer.id}`)
  const published = told.result?.entries ?? []
  for (const id of published)
    if (!asked.has(id)) throw new BrokenInvariant(`nobody has asked for the entry ${id} of ${offer.id}`)
  if (!told.rooted || !told.result) {
    if (isUndisturbed && entries.some(({ end }) => end !== 'draw.leave'))
      throw new BrokenInvariant(`the draw ${offer.id} came out without its entries`)
    return
  }
  world.counts.drawn++
  await checkWorksOut(world, { draw, told })
  if (!isUndisturbed) return
  for (const entry of entries) await checkEntry(entry, told)
}

/** Of what is published alone, against what was promised. */
async function checkWorksOut(
  world: World,
  { draw: { offer, pieces }, told }: { draw: Announced; told: DrawAnswer },
): Promise<void> {
  const { rooted, result } = told
  if (!rooted || !result) return
  const { commitment } = offer.draw ?? told
  const keys = await world.backend.deps.keyring.publicKeys()
  const named = { offerId: offer.id, offerVersion: offer.version }
  const found = await checkDraw({ ...named, ...rooted, ...result }, { commitment, pieces }, keys)
  for (const [question, holds] of Object.entries(found))
    if (holds === false) throw new BrokenInvariant(`the draw ${offer.id} does not work out: ${question}`)
}

/** One that no restored backup came between: who had left is not in it, who is in it is told what was published. */
async function checkEntry(entry: Entry, { rooted, result }: DrawAnswer): Promise<void> {
  const { id, end, told } = entry
  const isPublished = result?.entries.includes(id) ?? false
  if (end === 'draw.leave') {
    if (isPublished) throw new BrokenInvariant(`the entry ${id} had left and was drawn from`)
    return
  }
  if (!isPublished) throw new BrokenInvariant(`the entry ${id} is not in the published list`)
  if ((result?.winners.includes(id as EntryId) ?? false) !== (end === 'draw.won'))
    throw new BrokenInvariant(`the entry ${id} was told ${end}, and published is something else`)
  if (!told || (await rootBy(id, told)) !== rooted?.root)
    throw new BrokenInvariant(`the proof of the entry ${id} does not lead to the published root`)
}

async function readTold({ backend }: World, { id, version }: Offer): Promise<DrawAnswer> {
  const response = await backend.fetch(new Request(`http://localhost:4173/api/v1/draws/${id}/${version}`))
  if (!response.ok) throw new BrokenInvariant(`the draw ${id} is not told of: ${response.status}`)
  return readTolerantly(drawAnswerSchema, await response.json()) as DrawAnswer
}
