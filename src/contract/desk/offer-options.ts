/** What an offer may have beside its words and its price: a draw, limits of a person’s, a day of restocking, a picture. */
import * as v from 'valibot'
import type { Instant } from '../../domain/base/time.ts'
import { DRAW_ENTRIES_MAX } from '../../domain/offers/draw.ts'
import { PICTURE_ALT_MAX } from '../../domain/offers/picture.ts'
import { instant } from '../command.ts'
import { nameOf } from '../plain-text.ts'

/** Of one person in a week or a year: ten pieces of the highest value; beyond it a limit limits nothing. */
export const LIMIT_FEN_MAX = 1_000_000
/** More than can enter are never drawn. */
export const DRAW_PIECES_MAX = DRAW_ENTRIES_MAX

export const between = (min: number, max: number) =>
  v.pipe(v.number(), v.safeInteger(), v.minValue(min), v.maxValue(max))

const drawDraft = v.pipe(
  v.strictObject({ opensAt: instant, closesAt: instant, pieces: between(1, DRAW_PIECES_MAX) }),
  v.forward(
    v.check(({ opensAt, closesAt }) => opensAt < closesAt, 'later than it opens'),
    ['closesAt'],
  ),
)

/** What an offer may have and need not: what is absent here it has not. */
export const optionsDraft = v.pipe(
  v.strictObject({
    draw: v.exactOptional(drawDraft),
    perWeekFen: v.exactOptional(between(1, LIMIT_FEN_MAX)),
    perYearFen: v.exactOptional(between(1, LIMIT_FEN_MAX)),
    restocksAt: v.exactOptional(instant),
    /** One that was brought before, by its digest; its words belong to the version. */
    picture: v.exactOptional(
      v.strictObject({
        digest: v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/)),
        altZh: nameOf(PICTURE_ALT_MAX),
        altEn: nameOf(PICTURE_ALT_MAX),
      }),
    ),
  }),
  v.forward(
    v.check(
      ({ perWeekFen, perYearFen }) => perYearFen === undefined || perYearFen >= (perWeekFen ?? 0),
      'not less than a week’s',
    ),
    ['perYearFen'],
  ),
)

type OfferOptions = v.InferOutput<typeof optionsDraft>

interface OfferBeside {
  readonly category: string
  readonly valueFen: number
  readonly endsAt: Instant
  /** Of a new offer. */
  readonly stock?: { readonly pieces: number; readonly budgetFen: number }
}

/** What of the options does not go with the rest of the offer: which member, and what it should be. */
export function misfitsOf(
  { draw, perWeekFen, perYearFen, restocksAt }: OfferOptions,
  { category, valueFen, endsAt, stock }: OfferBeside,
): { readonly member: string; readonly expected: string }[] {
  const rules: readonly [isBroken: boolean | undefined, member: string, expected: string][] = [
    [draw && category === 'donation', 'draw', 'none: a donation is for everybody'],
    [draw && draw.closesAt > endsAt, 'draw.closesAt', 'not after the offer has ended'],
    [
      draw && stock && !isCovered(draw.pieces, { ...stock, valueFen }),
      'draw.pieces',
      'pieces that are there and paid for',
    ],
    [perWeekFen !== undefined && perWeekFen < valueFen, 'perWeekFen', 'enough for one piece'],
    [perYearFen !== undefined && perYearFen < valueFen, 'perYearFen', 'enough for one piece'],
    [restocksAt !== undefined && restocksAt >= endsAt, 'restocksAt', 'before the offer has ended'],
  ]
  return rules.flatMap(([isBroken, member, expected]) => (isBroken ? [{ member, expected }] : []))
}

/** So many are there, and the money for them. */
export function isCovered(
  pieces: number,
  stock: { readonly pieces: number; readonly budgetFen: number; readonly valueFen: number },
): boolean {
  return pieces <= stock.pieces && pieces * stock.valueFen <= stock.budgetFen
}

/** As an issue names a place deep in what was read. */
export function pathTo(root: object, keys: readonly string[]): [v.IssuePathItem, ...v.IssuePathItem[]] {
  let at: unknown = root
  const [first, ...others] = keys.map((key) => {
    const input = at as Record<string, unknown>
    at = input[key]
    return { type: 'object', origin: 'value', input, key, value: at } as const
  })
  if (!first) throw new Error('a path leads somewhere')
  return [first, ...others]
}
