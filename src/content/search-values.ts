/** The numbers of an indicator or a measure as words that can be found and read: as printed, without marks between thousands. */
import type { Comparator, Indicator, Measure } from './schema.ts'

const SIGNS: Readonly<Record<Comparator, string>> = { '>=': '≥ ', '<=': '≤ ', '=': '', about: '≈ ' }

type Language = 'zh' | 'en'

/** "2020：25.3% · 2025：≥ 28%", then the note. A target in words stands as it is. */
export function indicatorValues(one: Indicator, language: Language): string {
  const isZh = language === 'zh'
  const unit = isZh ? one.unit : one.unitEn
  const scale = isZh ? 1 : one.scaleEn
  const point = (
    year: number,
    value: number | null | undefined,
    comparator?: Comparator | null,
    max?: number,
  ) => {
    if (value === null || value === undefined) return []
    const range = max === undefined ? plain(value * scale) : `${plain(value * scale)}–${plain(max * scale)}`
    const number = `${comparator ? SIGNS[comparator] : ''}${range}`
    return [`${year}${isZh ? '：' : ': '}${number}${unit === '%' ? '' : ' '}${unit}`]
  }
  const points = [
    ...point(2020, one.value2020, one.comparator2020),
    ...point(2025, one.target2025, one.comparator, one.target2025Max),
    ...point(2030, one.target2030, one.comparator2030 ?? one.comparator),
    ...point(2035, one.target2035, one.comparator),
    ...(one.inWords ? [`${one.inWords.year}${isZh ? '：' : ': '}${one.inWords[language]}`] : []),
  ]
  const note = (isZh ? one.noteZh : one.noteEn) ?? ''
  return [points.join(' · '), note].filter((part) => part !== '').join(isZh ? '。' : '. ')
}

/** Of each figure, in the units of both languages. */
export function figureValues({ figures }: Measure): string[] {
  return figures.flatMap(({ value, valueMax, valueEn, unit, unitEn }) => [
    `${plain(value)} ${unit}`,
    ...(valueMax === undefined ? [] : [`${plain(valueMax)} ${unit}`]),
    `${plain(valueEn)} ${unitEn}`,
  ])
}

/** Scaling by powers of ten leaves tails such as 491.99999; no printed figure has more than four decimals. */
function plain(value: number): string {
  return String(Number(value.toFixed(4)))
}
