/** The period in the page's address, so that a link leads to the same one for ever: `by=month&on=2026-11`, `by=own&from=…&to=…`. Pure. */
import { type Day, isRealDay, monthOfDay, yearOfDay } from '../../domain/base/time.ts'
import {
  FIRST_DAY,
  fittingSteps,
  ownPeriod,
  PERIOD_KINDS,
  type Period,
  periodWith,
  type Step,
  stepAtEase,
} from '../../domain/taking-part/period.ts'

const SPLITS = ['kind', 'trust'] as const
type Split = (typeof SPLITS)[number]

interface PeriodAddress {
  readonly period: Period
  readonly step: Step
  readonly split: Split
  /** The address says something that is no period: the present month stands in for it. */
  readonly isUnclear: boolean
}

type Query = { readonly [key: string]: unknown }

export function readAddress(query: Query, today: Day): PeriodAddress {
  const asked = periodIn(query, today)
  const period = asked ?? periodWith('month', today)
  const step = fittingSteps(period).find((each) => each === query.per) ?? stepAtEase(period)
  return { period, step, split: query.split === 'trust' ? 'trust' : 'kind', isUnclear: asked === undefined }
}

/** Undefined for one that cannot be read. */
function periodIn(query: Query, today: Day): Period | undefined {
  const { by = 'month', on, from, to } = query
  const kind = PERIOD_KINDS.find((each) => each === by)
  if (kind === undefined) return undefined
  if (kind === 'own') {
    const own = ownPeriod(String(from), String(to), today)
    return typeof own === 'string' ? undefined : own
  }
  if (on === undefined) return periodWith(kind, today)
  const day = wholeDay(String(on), kind)
  if (!isRealDay(day) || day < FIRST_DAY || day > today) return undefined
  return periodWith(kind, day)
}

function wholeDay(on: string, kind: 'week' | 'month' | 'year'): string {
  if (kind === 'month') return `${on}-01`
  return kind === 'year' ? `${on}-01-01` : on
}

/** What is as it would be anyway is left out of the address. */
export function addressOf(
  { kind, from, to }: Period,
  { step, split }: { step?: Step; split?: Split } = {},
): Record<string, string> {
  const more = { ...(step ? { per: step } : {}), ...(split === 'trust' ? { split } : {}) }
  if (kind === 'own') return { by: kind, from, to, ...more }
  const on = kind === 'month' ? monthOfDay(from) : kind === 'year' ? yearOfDay(from) : from
  return { by: kind, on, ...more }
}
