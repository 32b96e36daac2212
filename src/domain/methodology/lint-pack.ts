/** What a pack must never contain. An empty list means that it may be published; each complaint names its place. */

import { isCityId } from '../base/city.ts'
import { floorProduct } from '../base/units.ts'
import { WINDOW_DAYS } from '../ledger/ledger.ts'
import {
  type Factor,
  type FixedMethodology,
  type Methodology,
  methodologyOf,
  type Pack,
  type TravelMethodology,
} from './pack.ts'

/** Per substituted km each avoids at least as much as the next: the other way round, people would be paid to ride more. */
const TRAVEL_ORDER = ['walk', 'bike', 'ebike', 'metro', 'bus', 'nev-ride'] as const

/**
 * Nobody honestly reaches more in a year than by four hours on the move, every day, in the mode that avoids most per hour: beside work
 * and sleep there is no more time to travel in. For SD-demo: metro, 35 km/h × 47 g × 4 h × 365 days, about 2.4 t.
 */
const HONEST_HOURS_A_DAY = 4
/** For an appeal after the last day on which an act could be added. */
const APPEAL_DAYS = 14
const DAYS_A_YEAR = 365
const MONTHS_A_YEAR = 12

export function lintPack(pack: Pack): string[] {
  const ofFigures = lintFigures(pack)
  return [
    ...lintCodes(pack),
    ...lintCity(pack),
    ...ofFigures,
    ...pack.methodologies.flatMap((methodology) => lintMethodology(methodology, pack)),
    ...lintOrder(pack),
    ...lintWindow(pack),
    ...lintPlausible(pack),
    ...(ofFigures.length === 0 ? lintYear(pack) : []), // no year can be added up from broken figures
    ...(pack.demonstration && pack.creditable ? ['a demonstration pack must not be creditable'] : []),
  ]
}

function lintCodes({ methodologies }: Pack): string[] {
  const codes = methodologies.map(({ code }) => code)
  return codes
    .filter((code, index) => codes.indexOf(code) !== index)
    .map((code) => `${code}: the code occurs twice`)
}

/** A city's own follows on what was for all: it has a day on which it begins. */
function lintCity({ city, inForceOn }: Pack): string[] {
  if (city === undefined) return []
  return [
    ...(isCityId(city) ? [] : [`city: ${String(city)} is none of ours`]),
    ...(inForceOn === undefined ? ['inForceOn: a city’s own pack needs its day'] : []),
  ]
}

/** Walks the data, so that a figure in a new place is checked as well. */
function lintFigures(pack: Pack): string[] {
  const complaints: string[] = []
  const visit = (value: unknown, path: string): void => {
    if (typeof value === 'number' && !Number.isSafeInteger(value))
      complaints.push(`${path}: not a whole number`)
    if (typeof value !== 'object' || value === null) return
    const node = value as Record<string, unknown>
    const isFigure = 'value' in node && ['unit', 'class', 'bestBefore'].some((key) => key in node)
    if ('central' in node || isFigure) complaints.push(...lintFigure(node, path, pack))
    else if ('value' in node) complaints.push(...lintSetting(node, path))
    for (const [key, child] of Object.entries(node))
      visit(child, path === '' ? nameOf(child, key) : `${path}.${nameOf(child, key)}`)
  }
  visit(pack, '')
  return complaints
}

function nameOf(child: unknown, key: string): string {
  const code = (child as { code?: unknown } | null)?.code
  return typeof code === 'string' ? code : key
}

function lintFigure(node: Record<string, unknown>, path: string, { issuedOn }: Pack): string[] {
  const complaints: string[] = []
  if (typeof node.unit !== 'string' || node.unit === '') complaints.push(`${path}: no unit`)
  if (!['S', 'D', 'P'].includes(String(node.class))) complaints.push(`${path}: no class`)
  if (!isSource(node.source)) complaints.push(`${path}: no source`)
  const bestBefore = node.bestBefore
  if (typeof bestBefore !== 'string') complaints.push(`${path}: no best-before date`)
  else if (bestBefore <= issuedOn) complaints.push(`${path}: past its best-before date when issued`)
  if ('central' in node) complaints.push(...lintRange(node as unknown as Factor, path))
  return complaints
}

function lintRange({ low, central, high }: Factor, path: string): string[] {
  return 0 <= low && low <= central && central <= high ? [] : [`${path}: not 0 ≤ low ≤ central ≤ high`]
}

function lintSetting(node: Record<string, unknown>, path: string): string[] {
  const complaints =
    node.proposal === true || isSource(node.source)
      ? []
      : [`${path}: neither a source nor marked as our proposal`]
  if (typeof node.value !== 'number' || node.value < 0) complaints.push(`${path}: not a number from zero up`)
  return complaints
}

function isSource(source: unknown): boolean {
  const fields = (source ?? {}) as Record<string, unknown>
  const texts = [fields.titleZh, fields.titleEn, fields.publisherZh, fields.publisherEn]
  return texts.every((text) => typeof text === 'string' && text !== '')
}

function lintMethodology(methodology: Methodology, pack: Pack): string[] {
  const { code, zero, unitSize, limits, bestBefore, source, trusts, creditable } = methodology
  const complaints: string[] = []
  if (!isSource(source)) complaints.push(`${code}: no source`)
  if (!(unitSize >= 1)) complaints.push(`${code}: no size of its unit`)
  if (!bestBefore || bestBefore <= pack.issuedOn)
    complaints.push(`${code}: past its best-before date when issued`)
  if (trusts.length === 0) complaints.push(`${code}: takes no evidence at all`)
  if (creditable && !pack.creditable) complaints.push(`${code}: creditable in a pack that is not`)
  const hasFactor =
    methodology.kind === 'travel' ? methodology.project && methodology.substitution : methodology.reduction
  if (hasFactor && zero) complaints.push(`${code}: a factor, and zero by rule`)
  if (!hasFactor && !zero) complaints.push(`${code}: no factor, and not said to be zero by rule`)
  if (hasFactor && !methodology.class) complaints.push(`${code}: no class`)
  const isLimited =
    limits.dayQuantity ||
    limits.monthQuantity ||
    (limits.dayCount && (methodology.unit === 'count' || limits.maxMetresPerAct))
  if (hasFactor && !isLimited) complaints.push(`${code}: grams without a limit of the day or month`)
  return complaints
}

/** What can be at all must hold what counts of it. Packs from the beginning were published without such figures. */
function lintPlausible({ inForceOn, methodologies, caps }: Pack): string[] {
  if (inForceOn === undefined) return []
  const ofDay = caps.deviceDayGrams || caps.openDayGrams ? [] : ['caps: no day’s limit on files']
  return [
    ...ofDay,
    ...methodologies.flatMap(({ code, limits }) => {
      const most = limits.maxPlausible?.value
      if (most === undefined) return [`${code}: no plausible maximum`]
      const counted = Math.max(limits.maxMetresPerAct?.value ?? 0, limits.dayCount?.value ?? 0)
      return counted <= most ? [] : [`${code}: counts more than is plausible`]
    }),
  ]
}

/** An act must stand in the ledger as long as it may be added, and then as long as an appeal may take. */
function lintWindow({ maxAgeDays }: Pack): string[] {
  const most = WINDOW_DAYS - APPEAL_DAYS
  return maxAgeDays.value > most ? [`maxAgeDays: the ledger keeps acts for ${most} days and an appeal`] : []
}

function savedMgPerKm({ project }: TravelMethodology, pack: Pack): number | undefined {
  return project && pack.baselineMgPerKm.value - project.central
}

function lintOrder(pack: Pack): string[] {
  const saved = TRAVEL_ORDER.flatMap((code) => {
    const methodology = methodologyOf(pack, code)
    const mgPerKm = methodology?.kind === 'travel' ? savedMgPerKm(methodology, pack) : undefined
    return mgPerKm === undefined ? [] : [{ code, mgPerKm }]
  })
  return saved.slice(1).flatMap((next, index) => {
    const before = saved[index]
    return before && before.mgPerKm < next.mgPerKm
      ? [`${next.code}: avoids more per substituted km than ${before.code}`]
      : []
  })
}

/** The largest honest year, in grams, by the pack's own figures. */
export function honestYearGrams(pack: Pack): number {
  const perHourMg = pack.methodologies.map((methodology) => {
    if (methodology.kind !== 'travel' || !methodology.substitution) return 0
    const saved = Math.max(0, savedMgPerKm(methodology, pack) ?? 0)
    return floorProduct(
      [saved, methodology.substitution.value, methodology.typicalSpeedMetresPerHour.value],
      [1000, 1000],
    )
  })
  return floorProduct([Math.max(0, ...perHourMg), HONEST_HOURS_A_DAY, DAYS_A_YEAR], [1000])
}

function lintYear(pack: Pack): string[] {
  const { caps, reward, evidencePerMille } = pack
  if (Object.values(evidencePerMille).some(({ value }) => value > 1000))
    return ['evidencePerMille: more than the whole']
  const bound = honestYearGrams(pack)
  const yearPoints = reward.yearCapPoints.value
  const maxima: readonly (readonly [string, number])[] = [
    ...(['openDayGrams', 'importDayGrams', 'deviceDayGrams'] as const).flatMap((key) => {
      const cap = caps[key]
      return cap ? [[`caps.${key}`, cap.value * DAYS_A_YEAR] as const] : []
    }),
    ['caps.manualMonthGrams', caps.manualMonthGrams.value * MONTHS_A_YEAR],
    ['reward.yearCapPoints', floorProduct([yearPoints], [Math.max(1, reward.pointsPerGram.value)])],
    ...pack.methodologies.flatMap((each) =>
      each.kind === 'fixed' && each.reduction ? [[each.code, fixedYearGrams(each)] as const] : [],
    ),
  ]
  return maxima.flatMap(([place, grams]) =>
    grams > bound ? [`${place}: ${grams} g a year, honestly at most ${bound} g`] : [],
  )
}

function fixedYearGrams({ reduction, limits, unitSize }: FixedMethodology): number {
  const { dayQuantity, dayCount, monthQuantity } = limits
  const quantities = [
    dayQuantity && dayQuantity.value * DAYS_A_YEAR,
    dayCount && dayCount.value * DAYS_A_YEAR,
    monthQuantity && monthQuantity.value * MONTHS_A_YEAR,
  ].filter((each) => each !== undefined)
  if (quantities.length === 0) return 0 // complained of elsewhere
  return floorProduct([Math.min(...quantities), reduction?.high ?? 0], [Math.max(1, unitSize), 1000])
}
