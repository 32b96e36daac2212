/** What a ladder's number and a best are called, in the unit that people use. Pure. */

import { startOfDay } from '../../../domain/base/time.ts'
import type { LadderId } from '../../../domain/taking-part/badges.ts'
import type { Bests } from '../../../domain/taking-part/bests.ts'
import { formatGrams, formatMetres, formatNumber } from '../../../text/format.ts'
import { formatFullDate } from '../../../text/format-date.ts'
import type { Language } from '../../../text/language.ts'
import { badgesText } from '../../../text/me/badges.ts'

export function valueWords(id: LadderId, value: number, language: Language): string {
  const t = badgesText[language].marks
  switch (id) {
    case 'grams':
      return formatGrams(value, language)
    case 'bike':
      return formatMetres(value, language)
    case 'days':
      return t.days(formatNumber(value, language, 0))
    case 'kinds':
      return t.kinds(formatNumber(value, language, 0))
    default:
      return t.times(formatNumber(value, language, 0))
  }
}

interface BestRow {
  readonly key: string
  readonly label: string
  readonly value: string
  readonly note?: string
}

/** Those that there are. */
export function bestRows(bests: Bests, language: Language): BestRow[] {
  const t = badgesText[language]
  const date = (day: string) => formatFullDate(startOfDay(day), language)
  const { bestDay, bestWeek, longestRun, farthestByBike, firstAct, kinds } = bests
  const rows: (Omit<BestRow, 'label'> & { key: keyof typeof t.bestLabels })[] = []
  if (bestDay)
    rows.push({ key: 'bestDay', value: formatGrams(bestDay.grams, language), note: date(bestDay.day) })
  if (bestWeek)
    rows.push({
      key: 'bestWeek',
      value: formatGrams(bestWeek.grams, language),
      note: t.weekFrom(date(bestWeek.monday)),
    })
  if (longestRun)
    rows.push({ key: 'longestRun', value: t.days(longestRun.days), note: t.runFrom(date(longestRun.from)) })
  if (farthestByBike)
    rows.push({
      key: 'farthestByBike',
      value: formatMetres(farthestByBike.metres, language),
      note: date(farthestByBike.day),
    })
  if (kinds > 0) rows.push({ key: 'kinds', value: t.kinds(kinds) })
  if (firstAct) rows.push({ key: 'firstAct', value: date(firstAct.day) })
  return rows.map((row) => ({ ...row, label: t.bestLabels[row.key] }))
}
