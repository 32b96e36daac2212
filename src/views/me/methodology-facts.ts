/** A methodology's figures as lines of words: what one unit avoids, its range, limits with their unit. Pure; the language is an argument. */
import { quantityWords } from '../../components/activity/claim-words.ts'
import type { QuantityUnit } from '../../domain/evidence/activity.ts'
import type {
  Factor,
  FactorUnit,
  Figure,
  Limits,
  Methodology,
  Pack,
  Setting,
  TravelMethodology,
} from '../../domain/methodology/pack.ts'
import { activityText } from '../../text/activity/activities.ts'
import { formatMetres, formatNumber, formatPerMille } from '../../text/format.ts'
import type { Language } from '../../text/language.ts'
import { methodologyText } from '../../text/me/methodology.ts'

const gap = '\u00a0'

/** 40.07 g/km: grams, because nobody reads milligrams. */
export function factorWords(mg: number, unit: FactorUnit, language: Language): string {
  return `${formatNumber(mg / 1000, language)}${gap}${activityText[language].factorUnits[unit]}`
}

function rangeOf(low: number, high: number, unit: FactorUnit, language: Language): string {
  const t = methodologyText[language]
  const number = (mg: number) => formatNumber(mg / 1000, language)
  return `${t.rangeValue(number(low), number(high))}${gap}${activityText[language].factorUnits[unit]}`
}

export function factorRange({ low, high, unit, rangeKnown }: Factor, language: Language): string {
  return rangeKnown ? rangeOf(low, high, unit, language) : activityText[language].rangeUnknown
}

interface Reduction {
  readonly central: string
  readonly range: string
}

/** What one kilometre or one unit avoids with full evidence. Undefined where the pack counts no grams. */
export function reductionOf(methodology: Methodology, pack: Pack, language: Language): Reduction | undefined {
  if (methodology.kind === 'fixed') {
    const { reduction } = methodology
    if (!reduction) return undefined
    return {
      central: factorWords(reduction.central, reduction.unit, language),
      range: factorRange(reduction, language),
    }
  }
  const { project, substitution } = methodology
  if (!project || !substitution) return undefined
  // Shown, not booked: the engine multiplies first and rounds once.
  const avoided = (mg: number) => ((pack.baselineMgPerKm.value - mg) * substitution.value) / 1000
  return {
    central: factorWords(avoided(project.central), 'mg_per_km', language),
    range: project.rangeKnown
      ? rangeOf(avoided(project.high), avoided(project.low), 'mg_per_km', language)
      : activityText[language].rangeUnknown,
  }
}

/** A comparison in grams per unit of the factor. */
export function figureWords(figure: Figure, language: Language): string {
  if (figure.unit === 'per_mille') return `${formatNumber(figure.value / 10, language, 1)}%`
  if (figure.unit === 'g_per_litre' || figure.unit === 'g_per_tree_year')
    return `${formatNumber(figure.value / 1000, language)}${gap}kg`
  return factorWords(figure.value, figure.unit, language)
}

interface LimitLine {
  readonly key: keyof Limits | 'defaultMetres' | 'trackPerMille'
  readonly value: string
  readonly setting: Setting
}

export function limitLines(methodology: Methodology, language: Language): LimitLine[] {
  const t = methodologyText[language]
  const { code, unit, limits } = methodology
  const inWords: Record<LimitLine['key'], (value: number) => string> = {
    minMetres: (value) => formatMetres(value, language),
    maxMetresPerAct: (value) => formatMetres(value, language),
    defaultMetres: (value) => formatMetres(value, language),
    trackPerMille: (value) => formatPerMille(value, language),
    minSpeedMetresPerHour: (value) => speedWords(value, language),
    maxSpeedMetresPerHour: (value) => speedWords(value, language),
    maxPeakMetresPerHour: (value) => speedWords(value, language),
    maxSurges: (value) => t.times(formatNumber(value, language)),
    minSwayPerMille: (value) => formatPerMille(value, language),
    minHours: (value) => t.hours(formatNumber(value, language)),
    dayQuantity: (value) => quantity(value, unit),
    monthQuantity: (value) => quantity(value, unit),
    maxPlausible: (value) => quantity(value, unit),
    dayCount: (value) => t.times(formatNumber(value, language)),
    weekCount: (value) => t.times(formatNumber(value, language)),
  }
  const quantity = (value: number, of: QuantityUnit) => quantityWords({ value, unit: of }, code, language)
  const all = {
    ...limits,
    ...(methodology.kind === 'travel' ? ofTravel(methodology) : {}),
  }
  return (Object.entries(all) as [LimitLine['key'], Setting | undefined][]).flatMap(([key, setting]) =>
    setting ? [{ key, value: inWords[key](setting.value), setting }] : [],
  )
}

function ofTravel({ defaultMetres, trackPerMille }: TravelMethodology) {
  return { ...(defaultMetres ? { defaultMetres } : {}), ...(trackPerMille ? { trackPerMille } : {}) }
}

function speedWords(metresPerHour: number, language: Language): string {
  return `${formatNumber(metresPerHour / 1000, language, 1)}${gap}km/h`
}
