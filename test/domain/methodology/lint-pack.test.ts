/** Each rule of the pack linter refuses a pack that breaks it, and the shipped pack breaks none. */
import { describe, expect, it } from 'vitest'
import { honestYearGrams, lintPack } from '../../../src/domain/methodology/lint-pack.ts'
import type { Pack } from '../../../src/domain/methodology/pack.ts'
import { PACKS, SD_DEMO_V1, SD_DEMO_V2 } from '../../../src/domain/methodology/packs/index.ts'

interface Node {
  [key: string]: unknown
}

/** A copy in which one place is written over, or removed. A path begins with a code of a methodology or a field of the pack. */
function broken(changes: Readonly<Record<string, unknown>>, from: Pack = SD_DEMO_V1): Pack {
  const pack = structuredClone(from)
  for (const [path, value] of Object.entries(changes)) {
    const [first = '', ...rest] = path.split('.')
    const methodology = pack.methodologies.find(({ code }) => code === first)
    const steps = methodology ? rest : [first, ...rest]
    const last = steps.pop() ?? ''
    const place = steps.reduce((node, step) => node[step] as Node, (methodology ?? pack) as unknown as Node)
    if (value === undefined) delete place[last]
    else place[last] = value
  }
  return pack
}

describe('the shipped packs', () => {
  it.each(PACKS)('pass: version $version', (pack) => {
    expect(lintPack(pack)).toEqual([])
  })

  it('avoids per substituted km what the table says: 79, 70.3, 62.6, 47, 27, 7', () => {
    const saved = ['walk', 'bike', 'ebike', 'metro', 'bus', 'nev-ride'].map((code) => {
      const methodology = SD_DEMO_V1.methodologies.find((each) => each.code === code)
      if (methodology?.kind !== 'travel' || !methodology.project) throw new Error(code)
      return SD_DEMO_V1.baselineMgPerKm.value - methodology.project.central
    })
    expect(saved).toEqual([79_000, 70_300, 62_600, 47_000, 27_000, 7000])
  })

  it('bounds an honest year by 35 km/h × 47 g × 4 h × 365 days = 2401.7 kg', () => {
    expect(honestYearGrams(SD_DEMO_V1)).toBe(2_401_700)
  })
})

const emits = (central: number) => ({ ...SD_DEMO_V1.baselineMgPerKm, low: 0, central, high: 90_000 })
const noSource = 'no source'
const noRange = 'not 0 ≤ low ≤ central ≤ high'
const noMark = 'neither a source nor marked as our proposal'
const late = 'past its best-before date when issued'
const endless = 'grams without a limit of the day or month'
const most = 'honestly at most 2401700 g'

describe('a pack is refused for', () => {
  it.each<[string, Record<string, unknown>, string]>([
    [
      'a walk below a bike',
      { 'walk.project': emits(9000) },
      'bike: avoids more per substituted km than walk',
    ],
    [
      'a bike below an e-bike',
      { 'bike.project': emits(17_000) },
      'ebike: avoids more per substituted km than bike',
    ],
    [
      'an e-bike below a metro',
      { 'ebike.project': emits(33_000) },
      'metro: avoids more per substituted km than ebike',
    ],
    [
      'a metro below a bus',
      { 'metro.project': emits(53_000) },
      'bus: avoids more per substituted km than metro',
    ],
    [
      'a bus below a taxi',
      { 'bus.project': emits(73_000) },
      'nev-ride: avoids more per substituted km than bus',
    ],
    [
      'a factor without a source',
      { 'bus.project.source': undefined },
      `methodologies.bus.project: ${noSource}`,
    ],
    [
      'a source without a publisher',
      { 'own-bag.reduction.source.publisherZh': '' },
      `methodologies.own-bag.reduction: ${noSource}`,
    ],
    ['a factor without a class', { 'bus.project.class': undefined }, 'methodologies.bus.project: no class'],
    ['a factor without a unit', { 'bus.project.unit': undefined }, 'methodologies.bus.project: no unit'],
    [
      'a factor without a date',
      { 'bus.substitution.bestBefore': undefined },
      'methodologies.bus.substitution: no best-before date',
    ],
    [
      'a factor past its date',
      { 'bus.project.bestBefore': '2026-01-01' },
      `methodologies.bus.project: ${late}`,
    ],
    ['a baseline without a class', { 'baselineMgPerKm.class': undefined }, 'baselineMgPerKm: no class'],
    [
      'a comparison without a unit',
      { 'comparisons.treeYear.unit': undefined },
      'comparisons.treeYear: no unit',
    ],
    ['a low above the central', { 'metro.project.low': 33_000 }, `methodologies.metro.project: ${noRange}`],
    ['a central above the high', { 'bike.project.high': 8000 }, `methodologies.bike.project: ${noRange}`],
    [
      'a factor that is not whole',
      { 'bike.project.central': 8700.5 },
      'methodologies.bike.project.central: not a whole number',
    ],
    [
      'a cap that is not whole',
      { 'caps.manualDayGrams.value': 0.5 },
      'caps.manualDayGrams.value: not a whole number',
    ],
    [
      'a limit without a mark',
      { 'walk.limits.minMetres.proposal': undefined },
      `methodologies.walk.limits.minMetres: ${noMark}`,
    ],
    ['an age without a mark', { 'maxAgeDays.proposal': undefined }, `maxAgeDays: ${noMark}`],
    [
      'a negative limit',
      { 'walk.limits.minMetres.value': -1 },
      'methodologies.walk.limits.minMetres: not a number from zero up',
    ],
    ['a unit of no size', { 'clothes.unitSize': 0 }, 'clothes: no size of its unit'],
    ['a code twice', { 'tree.code': 'quiz' }, 'quiz: the code occurs twice'],
    ['a methodology without a source', { 'tree.source': undefined }, `tree: ${noSource}`],
    ['a methodology past its date', { 'tree.bestBefore': '2026-11-20' }, `tree: ${late}`],
    ['no evidence taken', { 'tree.trusts': [] }, 'tree: takes no evidence at all'],
    ['a reduction without a class', { 'bus.class': null }, 'bus: no class'],
    [
      'no factor and no word on it',
      { 'tree.zero': undefined },
      'tree: no factor, and not said to be zero by rule',
    ],
    [
      'a factor said to be zero',
      { 'bus.zero': { whyZh: '零', whyEn: 'zero' } },
      'bus: a factor, and zero by rule',
    ],
    ['grams without a limit', { 'clean-plate.limits.dayCount': undefined }, `clean-plate: ${endless}`],
    ['rides of any length', { 'bus.limits.maxMetresPerAct': undefined }, `bus: ${endless}`],
    ['credits from a demonstration', { creditable: true }, 'a demonstration pack must not be creditable'],
    [
      'a creditable act in a pack that is not',
      { 'bus.creditable': true },
      'bus: creditable in a pack that is not',
    ],
    [
      'more than the whole for evidence',
      { 'evidencePerMille.gps.value': 1200 },
      'evidencePerMille: more than the whole',
    ],
  ])('%s', (_name, changes, complaint) => {
    expect(lintPack(broken(changes))).toContain(complaint)
  })

  it.each<[string, Record<string, unknown>, string]>([
    [
      'points',
      { 'reward.yearCapPoints.value': 2_401_701 },
      `reward.yearCapPoints: 2401701 g a year, ${most}`,
    ],
    ['open days', { 'caps.openDayGrams.value': 7000 }, `caps.openDayGrams: 2555000 g a year, ${most}`],
    [
      'imported days',
      { 'caps.importDayGrams.value': 6600 },
      `caps.importDayGrams: 2409000 g a year, ${most}`,
    ],
    [
      'self-declared months',
      { 'caps.manualMonthGrams.value': 201_000 },
      `caps.manualMonthGrams: 2412000 g a year, ${most}`,
    ],
    [
      'saved power',
      { 'power-saving.limits.dayQuantity.value': 10_000 },
      `power-saving: 2473240 g a year, ${most}`,
    ],
    ['meals', { 'clean-plate.limits.dayCount.value': 46 }, `clean-plate: 2417760 g a year, ${most}`],
  ])('a year of %s that nobody could honestly reach', (_name, changes, complaint) => {
    expect(lintPack(broken(changes))).toEqual([complaint])
  })
})

describe('a pack that comes into force on a day is refused for', () => {
  it.each<[string, Record<string, unknown>, string]>([
    [
      'acts added later than the ledger remembers, with two weeks for an appeal',
      { 'maxAgeDays.value': 47 },
      'maxAgeDays: the ledger keeps acts for 46 days and an appeal',
    ],
    ['a kind of any size', { 'tree.limits.maxPlausible': undefined }, 'tree: no plausible maximum'],
    [
      'more that counts than can be',
      { 'bike.limits.maxPlausible.value': 39_999 },
      'bike: counts more than is plausible',
    ],
    ['files without a day’s limit', { 'caps.deviceDayGrams': undefined }, 'caps: no day’s limit on files'],
  ])('%s', (_name, changes, complaint) => {
    expect(lintPack(broken(changes, SD_DEMO_V2))).toEqual([complaint])
  })
})
