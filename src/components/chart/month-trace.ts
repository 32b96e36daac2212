/** The geometry of MonthTrace, apart from the drawing so that it can be tested: days and grams in, path data out. */

interface Trace {
  readonly line: string
  readonly area: string
  readonly pending: string
  readonly end: readonly [x: number, y: number]
  readonly goalY: number | null
  /** Cumulative grams, one per day so far. */
  readonly sums: readonly number[]
}

interface TraceInput {
  /** Grams confirmed, one per day from the 1st to today. */
  readonly daily: readonly number[]
  readonly pendingGrams: number
  readonly daysInMonth: number
  readonly goalGrams: number | null
  readonly width: number
  readonly height: number
}

/** Room at the top for the goal's label and at the sides for the dot. */
const top = 20
const side = 7

export function monthTrace(input: TraceInput): Trace {
  const { daily, pendingGrams, daysInMonth, goalGrams, width, height } = input
  let sum = 0
  const sums = daily.map((grams) => {
    sum += grams
    return sum
  })
  const highest = Math.max(goalGrams ?? 0, sum + pendingGrams, 1)
  const floor = height - side
  const x = (index: number): number => side + (index / Math.max(1, daysInMonth)) * (width - 2 * side)
  const y = (grams: number): number => floor - (grams / highest) * (floor - top)
  const at = (index: number, grams: number): string => `${x(index).toFixed(1)} ${y(grams).toFixed(1)}`

  const line = `M${[at(0, 0), ...sums.map((grams, index) => at(index + 1, grams))].join('L')}`
  const last = daily.length
  return {
    line,
    area: `${line}V${floor}H${x(0).toFixed(1)}Z`,
    pending:
      pendingGrams > 0 ? `M${at(last, sum)}L${at(Math.min(daysInMonth, last + 2), sum + pendingGrams)}` : '',
    end: [x(last), y(sum)],
    goalY: goalGrams === null ? null : y(goalGrams),
    sums,
  }
}
