/** What is said of a period, in words: the same on the page, on the picture and to a screen reader. Pure. */
import type { Day } from '../../domain/base/time.ts'
import type { PendingSum } from '../../domain/ledger/pending-sum.ts'
import type { Pack, Packs } from '../../domain/methodology/pack.ts'
import { packOf } from '../../domain/methodology/which-pack.ts'
import { type Period, shifted } from '../../domain/taking-part/period.ts'
import { type PeriodFigures, stageOf } from '../../domain/taking-part/period-figures.ts'
import { formatGrams, gramsAmount } from '../../text/format.ts'
import type { Language } from '../../text/language.ts'
import { periodText } from '../../text/period/period.ts'
import { dayName, periodName } from '../../text/period/period-name.ts'
import { amountIn, unitOf } from './amounts.ts'

interface Said {
  readonly period: Period
  readonly figures: PeriodFigures
  readonly pending: PendingSum
  readonly today: Day
  readonly language: Language
  /** By which what waits will be assessed; named where nothing counts yet. */
  readonly inForce: Pack
  /** Methodologies other than the build's. */
  readonly packs: Packs | undefined
}

export interface PeriodWords {
  readonly name: string
  /** Empty once the period is over. */
  readonly until: string
  readonly amount: { readonly value: string; readonly unit: string }
  readonly acts: string
  readonly before: string
  /** More or less than before; empty where there is nothing to compare, or this one is not over. */
  readonly compared: string
  /** Why it is not compared, while this one is not over. */
  readonly uncompared: string
  /** What is not counted: pending, in review, withdrawals on their way. */
  readonly waiting: readonly string[]
  readonly methodology: string
}

export function periodWords(said: Said): PeriodWords {
  const { period, figures, today, language } = said
  const { sum, trips } = figures
  const t = periodText[language]
  return {
    name: periodName(period, language),
    until: stageOf(period, today) === 'running' ? t.until(dayName(today, language)) : '',
    amount: gramsAmount(sum.grams, language),
    acts: sum.acts === 0 ? t.noActs : t.acts(sum.acts, trips),
    before: beforeWords(said),
    compared: comparedWords(said),
    uncompared: figures.before && stageOf(period, today) !== 'over' ? t.beforeFull : '',
    waiting: waitingWords(said),
    methodology: methodologyWords(said),
  }
}

/** In the unit of what it stands beside. */
function beforeWords({ period, figures, language }: Said): string {
  const t = periodText[language]
  const { before, sum } = figures
  if (!before) return t.noneBefore[period.kind]
  const name = t.before[period.kind](periodName(shifted(period, -1), language))
  return t.beforeIs(name, amountIn(before.grams, unitBeside(sum.grams, before.grams), language), before.acts)
}

function comparedWords({ period, figures, language, today }: Said): string {
  const t = periodText[language]
  const { before, sum } = figures
  if (!before || stageOf(period, today) !== 'over') return ''
  const more = sum.grams - before.grams
  if (more === 0) return t.same
  const amount = amountIn(Math.abs(more), unitBeside(sum.grams, before.grams), language)
  return more > 0 ? t.more(amount) : t.less(amount)
}

/** Zero has no unit of its own. */
function unitBeside(grams: number, other: number) {
  return unitOf(grams > 0 ? grams : other)
}

function waitingWords({ figures, pending, language }: Said): string[] {
  const t = periodText[language]
  const said: string[] = []
  if (pending.acts > 0) {
    const { acts, grams } = pending
    said.push(grams > 0 ? t.pending(acts, formatGrams(grams, language)) : t.pendingPlain(acts))
  }
  if (figures.inReview > 0) said.push(t.inReview(figures.inReview))
  if (pending.withdrawals > 0) said.push(t.withdrawals(pending.withdrawals))
  return said
}

/** Each pack by its title, with its versions; marked where it is a sample. */
function methodologyWords({ figures, language, inForce, packs }: Said): string {
  const t = periodText[language]
  const names = figures.sum.acts > 0 ? figures.packs : [`${inForce.id} ${inForce.version}`]
  if (names.length === 0) return t.noPack
  const named = new Map<string, { versions: string[]; isSample: boolean }>()
  for (const name of names) {
    const [id = '', version = ''] = name.split(' ')
    const pack = packOf(id, Number(version), packs)
    const title = pack ? (language === 'en' ? pack.titleEn : pack.titleZh) : id
    const one = named.get(title) ?? { versions: [], isSample: pack?.demonstration ?? false }
    one.versions.push(`v${version}`)
    named.set(title, one)
  }
  const titles = [...named].map(([title, { versions, isSample }]) => t.packOf(title, versions, isSample))
  return t.methodology(titles.join(language === 'en' ? '; ' : '；'))
}
