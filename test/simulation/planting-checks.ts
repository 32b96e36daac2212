/**
 * What must hold of every planting day, by the journals of those who signed up: never more than there are places, nobody twice, each told how the day
 * stands by now, each with one end at the most, and of each who came one record.
 */
import { placesLeft } from '../../mock-api/book/planting-places.ts'
import { readPlantingDaysOf } from '../../mock-api/storage/planting-days.ts'
import { askedIn, openBody, openDetail } from '../../src/domain/ledger/open-record.ts'
import { type PlantingDay, plantingReference } from '../../src/domain/taking-part/planting.ts'
import { BrokenInvariant } from './checks.ts'
import type { PlantingCounts } from './planting.ts'
import type { World } from './world.ts'

export interface Announced {
  readonly id: string
  /** How often the backend had been restored by then. */
  readonly restores: number
}

/** One that was granted, by its own journal. */
interface SignUp {
  readonly id: string
  readonly accountId: string
  readonly dayId: string
  /** Of the day, as the person was told last. */
  revision: number
  end?: 'left' | 'off' | 'came' | 'absent'
  /** Records of acts that say that they came. */
  acts: number
}

type Line = { accountId: string; body: string; detail: string | null }

export async function checkPlanting(
  world: World,
  { announced, counts }: { announced: readonly Announced[]; counts: PlantingCounts },
): Promise<void> {
  const all = await readSignUps(world, counts)
  const ids = announced.map(({ id }) => id)
  const days = await readPlantingDaysOf(world.backend.db, ids)
  for (const { id, restores } of announced) {
    const day = days.get(id)
    // Whoever holds a sign-up of before a restored backup keeps it, also where the day is another by now.
    if (!day || world.restores !== restores) continue
    const own = all.filter(({ dayId }) => dayId === id)
    await checkDay(world, day, own)
    for (const each of own) checkOne(each, day)
  }
}

/** From each journal in its order. */
async function readSignUps({ backend }: World, counts: PlantingCounts): Promise<SignUp[]> {
  const lines = await backend.db.query<Line>(
    `select r.account_id as "accountId", r.body, r.detail from records r join accounts a /* all accounts */ on a.account_id = r.account_id
      where a.deleted_at is null and (strpos(r.body, '"kind":"planting.') > 0 or strpos(r.body, '"kind":"activity.report"') > 0)
      order by r.account_id, r.seq`,
  )
  const signUps = new Map<string, SignUp>()
  for (const { accountId, ...line } of lines) {
    const [body, detail] = [openBody(line.body), openDetail(line.detail) ?? {}]
    const about = signUps.get(detail.about ?? '')
    const isGranted = body.outcome !== 'refused'
    if (body.kind === 'planting.join') {
      const dayId = askedIn('planting.join', detail)?.dayId ?? ''
      const revision = detail.planting?.revision ?? 0
      if (isGranted) signUps.set(body.id, { id: body.id, accountId, dayId, revision, acts: 0 })
      countWish(counts, isGranted, detail.reasons?.[0]?.code)
    } else if (body.kind === 'planting.leave' && isGranted && about) {
      endWith(about, 'left')
      counts.left++
    } else if (body.kind === 'planting.update' && about) {
      const { plantingNews: news, planting } = detail
      if (planting) about.revision = planting.revision
      if (news && news !== 'changed') endWith(about, news)
      counts[news === undefined || news === 'changed' ? 'told' : news]++
    } else if (body.kind === 'activity.report') noteAct(signUps, detail.report?.reference)
  }
  return [...signUps.values()]
}

function countWish(counts: PlantingCounts, isGranted: boolean, why: string | undefined): void {
  if (isGranted) counts.joined++
  else if (why === 'planting_full') counts.full++
  else if (why === 'planting_moved') counts.moveRefused++
}

function endWith(signUp: SignUp, end: NonNullable<SignUp['end']>): void {
  if (signUp.end !== undefined)
    throw new BrokenInvariant(`the sign-up ${signUp.id}: ${signUp.end}, then ${end}`)
  signUp.end = end
}

function noteAct(signUps: ReadonlyMap<string, SignUp>, reference: string | undefined): void {
  for (const signUp of signUps.values()) if (reference === plantingReference(signUp.id)) signUp.acts++
}

async function checkDay(world: World, day: PlantingDay, own: readonly SignUp[]): Promise<void> {
  const holding = own.filter(({ end }) => end !== 'left')
  if (holding.length > day.places)
    throw new BrokenInvariant(`${holding.length} have signed up for ${day.places} places of ${day.id}`)
  const left = (await placesLeft(world.backend.deps, [day])).get(day.id) ?? 0
  if (left + holding.length !== day.places)
    throw new BrokenInvariant(
      `of ${day.places} places of ${day.id} ${left} are left, and ${holding.length} taken`,
    )
  const open = own.filter(({ end }) => end === undefined).map(({ accountId }) => accountId)
  if (new Set(open).size !== open.length)
    throw new BrokenInvariant(`somebody has signed up twice for ${day.id}`)
}

/** Nothing is open any more of a day that was called off; who came has a record of it, and one alone. */
function checkOne({ id, end, revision, acts }: SignUp, day: PlantingDay): void {
  if (end === undefined && revision !== day.revision)
    throw new BrokenInvariant(
      `${id} was told of revision ${revision} of ${day.id}, and it is ${day.revision}`,
    )
  if (end === undefined && day.calledOff)
    throw new BrokenInvariant(`${id} was never told that ${day.id} is off`)
  if (acts > 1) throw new BrokenInvariant(`${id} has ${acts} records of having come to ${day.id}`)
  if (end === 'came' && acts !== 1)
    throw new BrokenInvariant(`${id} came to ${day.id}, and no record says so`)
}
