/** Planting days at the desk: the list of all, publishing and changing one, and calling one off. */
import { DESK_LISTS } from '../../../src/contract/desk/lists.ts'
import {
  type DeskPlanting,
  deskCallOffSchema,
  deskPlantingDraftSchema,
} from '../../../src/contract/desk/planting.ts'
import { CITY_IDS } from '../../../src/domain/base/city.ts'
import type { PlantingDay } from '../../../src/domain/taking-part/planting.ts'
import type { Deps } from '../../base/deps.ts'
import { BODY_BYTES_MAX } from '../../base/limits.ts'
import { actInOffice } from '../../book/act-in-office.ts'
import { actOrPropose, type Proposed } from '../../book/proposals.ts'
import { dayOfDraft, isSameDay, plantingFault } from '../../book/publish-planting.ts'
import { callOffPlantingAct, publishPlantingAct, readOnePlanting } from '../../desk/planting-acts.ts'
import { isPlantingTold } from '../../feeds/planting.ts'
import { readJson } from '../../http/body.ts'
import type { HttpContext } from '../../http/env.ts'
import { requireRole } from '../../http/operator.ts'
import { ProblemError } from '../../http/problem.ts'
import { readAllPlantingDays } from '../../storage/planting-days.ts'
import { addSamples, placesTold } from '../planting-days.ts'
import { requireCities } from './cities.ts'
import { soonestFirst } from './list-order.ts'
import { type Page, pageOfAll } from './list-page.ts'

/** Rows that are looked through at once; what is older than these is in the office's journal. */
const ROWS_MAX = 2000

export async function listDeskPlanting(c: HttpContext, deps: Deps): Promise<Page<DeskPlanting>> {
  await requireRole(c, deps, ['catalog', 'approver'])
  const read = () => readAllPlantingDays(deps.db, ROWS_MAX)
  let all = await read()
  const added = []
  for (const city of CITY_IDS) added.push(await addSamples(deps, city, all))
  if (added.includes(true)) all = await read()
  const days = all.filter((day) => isPlantingTold(deps, day))
  const left = await placesTold(deps, days)
  const rows = days.map((day) => ({ day, left: left(day) }))
  const now = deps.now()
  return pageOfAll(c, DESK_LISTS.planting, rows, {
    key: ({ day }) => soonestFirst({ ...day, isOver: day.endsAt <= now }),
    words: ({ day }) => [day.id, day.provider, day.titleZh, day.titleEn, day.placeZh, day.placeEn],
    sorts: {
      title: ({ day }, isEnglish) => (isEnglish ? day.titleEn : day.titleZh),
      starts: ({ day }) => day.startsAt,
      places: ({ day }) => day.places,
      left: (row) => row.left,
      id: ({ day }) => day.id,
    },
    filters: {
      state: ({ day }, state) => stateOf(day, now) === state,
      city: ({ day }, city) => day.city === city,
    },
  })
}

function stateOf({ calledOff, endsAt }: PlantingDay, now: number): 'coming' | 'over' | 'off' {
  if (calledOff) return 'off'
  return endsAt <= now ? 'over' : 'coming'
}

export async function publishDeskPlanting(c: HttpContext, deps: Deps): Promise<Partial<Proposed>> {
  const operator = await requireRole(c, deps, 'catalog', { stepUp: true })
  const payload = await readJson(c, deskPlantingDraftSchema, BODY_BYTES_MAX)
  const { id, base, provider: holder, city, ...words } = payload
  const before = id === undefined ? undefined : await readOnePlanting(deps, id)
  requireCities(c, deps, operator, { role: 'catalog', cities: before ? [city, before.city] : [city] })
  const provider = (await deps.providers.all()).get(holder)
  if (!provider) throw wrong('provider', 'a service that reports here')
  if (id !== undefined && !before) throw new ProblemError('not_found')
  const day = dayOfDraft(provider, { ...words, city, id: id ?? '' }, before)
  if (!(before && isSameDay(before, day))) {
    if (before && before.revision !== base)
      throw wrong('base', `revision ${before.revision}, it was changed meanwhile`)
    const fault = plantingFault(provider, day, before)
    if (fault !== undefined) throw new ProblemError('malformed', { detail: fault })
    if (day.startsAt <= deps.now()) throw wrong('startsAt', 'later than now')
  }
  const made = await actOrPropose(deps, operator, {
    ...{ act: publishPlantingAct, city, payload },
    subject: `planting ${id ?? words.titleZh}`,
  })
  return 'proposed' in made ? made.proposed : {}
}

export async function callOffDeskPlanting(c: HttpContext, deps: Deps): Promise<void> {
  const operator = await requireRole(c, deps, 'catalog', { stepUp: true })
  const { base, note } = await readJson(c, deskCallOffSchema, BODY_BYTES_MAX)
  const day = await readOnePlanting(deps, c.req.param('dayId') ?? '')
  if (!day) throw new ProblemError('not_found')
  const { id: dayId, city, revision } = day
  requireCities(c, deps, operator, { role: 'catalog', cities: [city] })
  if (!day.calledOff) {
    if (revision !== base) throw wrong('base', `revision ${revision}, it was changed meanwhile`)
    if (day.endsAt <= deps.now()) throw wrong('base', 'a day that is not over')
  }
  await actInOffice(deps, operator, {
    ...{ act: callOffPlantingAct, city, subject: `planting ${dayId}` },
    payload: { dayId, note },
  })
}

function wrong(field: string, wanted: string): ProblemError {
  return new ProblemError('malformed', { detail: `${field}: expected ${wanted}` })
}
