/** Facts of the packs in the words of the chosen language: names, numbers with units, comparators, dates. */
import type { YearPoint } from '../../content/indicator-points.ts'
import { cities } from '../../content/registry.ts'
import type { Comparator, Figure, Indicator } from '../../content/schema.ts'
import { cityText } from '../../text/city/city.ts'
import { useText } from '../../text/define-text.ts'
import { formatNumber } from '../../text/format.ts'
import { language } from '../../text/language.ts'

const t = useText(cityText)

export function isZh(): boolean {
  return language.value === 'zh-CN'
}

/** `inLanguage(measure, 'title')` is titleZh or titleEn; empty where the pack has none. */
export function inLanguage<K extends string>(
  record: { readonly [Key in `${K}${'Zh' | 'En'}`]?: string | undefined },
  key: K,
): string {
  return record[`${key}${isZh() ? 'Zh' : 'En'}`] ?? ''
}

/** The cities with these ids, in one line. */
export function cityNames(ids: readonly string[]): string {
  const names = cities.filter((city) => ids.includes(city.id)).map((city) => inLanguage(city, 'name'))
  return names.join(isZh() ? '、' : ', ')
}

/** Scaling by powers of ten leaves tails such as 491.99999; no printed figure has more than four decimals. */
export function numberText(value: number): string {
  return formatNumber(value, language.value, 4)
}

export function valueText(
  value: number,
  more: { max?: number | undefined; comparator?: Comparator | null | undefined } = {},
): string {
  const number = more.max === undefined ? numberText(value) : `${numberText(value)}–${numberText(more.max)}`
  switch (more.comparator) {
    case '>=':
      return `${t.value.atLeast} ${number}`
    case '<=':
      return `${t.value.atMost} ${number}`
    case 'about':
      return `${t.value.about} ${number}`
    default:
      return number
  }
}

export function indicatorUnit(one: Indicator): string {
  return isZh() ? one.unit : one.unitEn
}

/** A value of the indicator in the unit of the chosen language. */
export function indicatorScale(one: Indicator): number {
  return isZh() ? 1 : one.scaleEn
}

/** What the document says for one year: a number with its bound in words, the target in words, or why there is none. */
export function pointText(one: Indicator, point: YearPoint): string {
  if (point.state === 'province') return t.value.byProvince
  if (point.state === 'none') return t.value.unpublished
  if (point.state === 'words') return one.inWords?.[isZh() ? 'zh' : 'en'] ?? ''
  const scale = indicatorScale(one)
  const max = point.max === undefined ? undefined : point.max * scale
  const text = valueText((point.value ?? 0) * scale, { max, comparator: point.comparator })
  return indicatorUnit(one) === '%' ? `${text}%` : text
}

/** The same with the unit, for a line that stands alone. */
export function pointTextWithUnit(one: Indicator, point: YearPoint): string {
  const unit = indicatorUnit(one)
  const text = pointText(one, point)
  return point.value === undefined || unit === '%' ? text : `${text} ${unit}`
}

/** Measured, an estimate or a target; empty where the words of `pointText` say it all. */
export function pointState(point: YearPoint): string {
  if (point.state === 'measured') return point.isEstimate ? t.value.estimated : t.value.measured
  return point.state === 'target' || point.state === 'words' ? t.value.target : ''
}

/** Percent stands at the number; any other unit is set apart. */
export function figureText(figure: Figure): { number: string; unit: string } {
  const zh = isZh()
  const scale = zh || figure.value === 0 ? 1 : figure.valueEn / figure.value
  const max = figure.valueMax === undefined ? undefined : figure.valueMax * scale
  const number = valueText(zh ? figure.value : figure.valueEn, { max, comparator: figure.comparator })
  const unit = zh ? figure.unit : figure.unitEn
  return unit === '%' ? { number: `${number}%`, unit: '' } : { number, unit }
}

/** Whether a figure is a floor or a ceiling, in words; empty where it is neither, or its number says so itself. */
export function boundText(comparator: Comparator | null): string {
  return comparator === '>=' || comparator === '<=' ? t.value.bound[comparator] : ''
}

/** A figure with unit, year and bound in words alone, for a voice. */
export function spokenFigure(figure: Figure): string {
  const { number, unit } = figureText({ ...figure, comparator: null })
  const bound = figure.comparator && figure.comparator !== '=' ? t.value.bound[figure.comparator] : ''
  const year = figure.year === null ? '' : t.value.figureYear(figure.year)
  return [year, bound, number, unit].filter(Boolean).join(isZh() ? '' : ' ')
}

/** `2023-06-28` or `2022-02`, as the chosen language writes it. Given to Intl as a number, so no time zone moves the day. */
export function dateText(date: string): string {
  const [year = 0, month = 1, day] = date.split('-').map(Number)
  return new Intl.DateTimeFormat(language.value === 'en' ? 'en-GB' : language.value, {
    year: 'numeric',
    month: 'long',
    ...(day === undefined ? {} : { day: 'numeric' }),
    timeZone: 'UTC',
  }).format(Date.UTC(year, month - 1, day ?? 1))
}

/** `06-05` as a day of every year. Any leap year will do. */
export function dayText(monthDay: string): string {
  const [month = 1, day = 1] = monthDay.split('-').map(Number)
  return new Intl.DateTimeFormat(language.value === 'en' ? 'en-GB' : language.value, {
    month: isZh() ? 'long' : 'short',
    day: 'numeric',
    timeZone: 'UTC',
  }).format(Date.UTC(2024, month - 1, day))
}
