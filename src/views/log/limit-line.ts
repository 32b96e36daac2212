/** The limit that binds first, as a line before it bites: "今天骑行还可计 51.1 km". Pure. */
import { quantityWords } from '../../components/activity/claim-words.ts'
import type { LimitLeft, LimitsLeft } from '../../domain/methodology/limits-left.ts'
import { formatGrams, formatPoints } from '../../text/format.ts'
import type { Language } from '../../text/language.ts'
import { logText } from '../../text/log/log.ts'

export interface LimitWords {
  readonly text: string
  /** Nothing more counts: said with weight. */
  readonly isOver: boolean
}

/** Points stop long before a person expects it only near the end; until then it is no news. */
const POINTS_WORTH_SAYING = 1000

export function limitLines(
  left: LimitsLeft | undefined,
  {
    code,
    name,
    when,
    language,
  }: { code: string; name: string; when: 'today' | 'thatDay' | 'thisRecord'; language: Language },
): readonly LimitWords[] {
  const t = logText[language].limits
  const day = t[when]
  const lines: LimitWords[] = []
  if (!left) return lines
  const { binding, unit } = left
  const grams = gramsLimit(left)
  if (binding && binding.of !== 'grams') {
    const amount = quantityWords({ value: binding.leftQuantity ?? 0, unit }, code, language)
    const period =
      binding.code === 'week_count_cap'
        ? t.thisWeek
        : binding.code === 'month_quantity_cap'
          ? t.thisMonth
          : day
    const isOver = binding.left <= 0
    const words =
      binding.of === 'acts' && unit !== 'count'
        ? t.acts(period, name, binding.left)
        : t.quantity(period, name, amount)
    lines.push({ text: isOver ? t.quantityOver(period, name) : words, isOver })
  }
  if (grams && (!binding || binding.of === 'grams' || grams.left < grams.limit / 2)) {
    const period = grams.code === 'manual_month_cap' ? t.thisMonth : day
    const kind = t[gramsKind(grams)]
    const isOver = grams.left <= 0
    lines.push({
      text: isOver ? t.gramsOver(period, kind) : t.grams(period, kind, formatGrams(grams.left, language)),
      isOver,
    })
  }
  const points = left.limits.filter((limit) => limit.of === 'points').sort((a, b) => a.left - b.left)[0]
  if (points && points.left < POINTS_WORTH_SAYING) {
    const period = t[periodOf(points)]
    lines.push({ text: t.points(period, formatPoints(points.left, language)), isOver: points.left <= 0 })
  }
  return lines
}

function periodOf({ code }: LimitLeft): 'thisYear' | 'firstWeek' | 'sevenDays' | 'thisWeek' {
  if (code === 'year_reward_cap') return 'thisYear'
  if (code === 'open_week_cap') return 'sevenDays'
  return code === 'first_week_cap' ? 'firstWeek' : 'thisWeek'
}

function gramsKind({ code }: LimitLeft): 'open' | 'import' | 'manual' {
  if (code === 'open_day_cap') return 'open'
  return code === 'import_day_cap' || code === 'device_day_cap' ? 'import' : 'manual'
}

function gramsLimit({ limits }: LimitsLeft): LimitLeft | undefined {
  return limits.filter((limit) => limit.of === 'grams').sort((a, b) => a.left - b.left)[0]
}
