/** What stands behind a question: the measure or indicator by name, its figures and section, the way to it, and what one can do about it. */
import { type ActCode, actsFor } from '../../../content/act-links.ts'
import { pointsOf } from '../../../content/indicator-points.ts'
import type { CityPack, Indicator } from '../../../content/schema.ts'
import { figureText, inLanguage, pointTextWithUnit } from '../words.ts'

interface QuizFigure {
  readonly label: string
  readonly value: string
  readonly year: number | null
}

interface QuizSource {
  readonly title: string
  readonly section: string
  readonly path: string
  readonly isMeasure: boolean
  readonly figures: readonly QuizFigure[]
  readonly acts: readonly ActCode[]
}

/** More would push the answer off a phone's screen; the measure's page has all of them. */
const FIGURES_SHOWN = 3

/** Undefined where a newer pack from the backend holds the entry no more; a test keeps the questions to the packs they came with. */
export function sourceOf(pack: CityPack, about: string): QuizSource | undefined {
  const measure = pack.measures.find((one) => one.id === about)
  if (measure)
    return {
      title: inLanguage(measure, 'title'),
      section: measure.section,
      path: `/city/${pack.city.id}/measure/${about}`,
      isMeasure: true,
      figures: measure.figures.slice(0, FIGURES_SHOWN).map((figure) => {
        const { number, unit } = figureText(figure)
        const value = unit ? `${number}\u00a0${unit}` : number
        return { label: inLanguage(figure, 'label'), value, year: figure.year }
      }),
      acts: actsFor(about),
    }
  const indicator = pack.indicators.find((one) => one.id === about)
  if (!indicator) return undefined
  return {
    title: inLanguage(indicator, 'name'),
    section: indicator.section,
    path: `/city/${pack.city.id}/field/${indicator.domain}#${about}`,
    isMeasure: false,
    figures: indicatorFigures(indicator),
    acts: [],
  }
}

function indicatorFigures(one: Indicator): QuizFigure[] {
  return pointsOf(one)
    .filter((point) => point.value !== undefined || point.state === 'words')
    .map((point) => ({
      label: inLanguage(one, 'name'),
      value: pointTextWithUnit(one, point),
      year: point.year,
    }))
}
