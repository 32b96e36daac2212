/**
 * Spaced repetition in five boxes, after Leitner: a card that is known moves up one box and rests longer, one that is not begins anew
 * tomorrow. Pure: states and a day in, states and today's cards out.
 */
import { shuffled } from '../base/shuffle.ts'
import { addDays, type Day } from '../base/time.ts'

export interface CardState {
  /** 1 to 5. */
  readonly box: number
  /** The day on which it comes again. */
  readonly dueOn: Day
  /** The day on which it was last looked at; absent for one that only the quiz has put here. */
  readonly seenOn?: Day
}

export type CardStates = { readonly [cardId: string]: CardState }

/** Days that a card rests in each box. */
const BOX_DAYS = [1, 3, 7, 14, 30] as const
export const LAST_BOX = BOX_DAYS.length

/** New cards a day: few enough to be done while a bus comes. */
export const NEW_CARDS_A_DAY = 5

/** After a look at the card. A new one that is known skips the first box. */
export function reviewed(before: CardState | undefined, isKnown: boolean, today: Day): CardState {
  const box = isKnown ? Math.min((before?.box ?? 1) + 1, LAST_BOX) : 1
  return { box, dueOn: addDays(today, restDays(box)), seenOn: today }
}

/** After a wrong answer in the quiz: the card is due at once. */
export function missed(before: CardState | undefined, today: Day): CardState {
  return { ...before, box: 1, dueOn: today }
}

export function restDays(box: number): number {
  return BOX_DAYS[box - 1] ?? 1
}

interface DailyCards {
  /** Looked at today and not due again today. */
  readonly done: readonly string[]
  /** Still to look at: first those that are due, the longest waiting first, then new ones up to the day's number. */
  readonly todo: readonly string[]
  /** New ones that are left for other days. */
  readonly later: readonly string[]
}

/** @param day.more new cards that were asked for beyond the day's number */
export function dailyCards(
  cardIds: readonly string[],
  states: CardStates,
  day: { today: Day; more?: number },
): DailyCards {
  const { today, more = 0 } = day
  const due = shuffled(
    cardIds.filter((id) => (states[id]?.dueOn ?? '9') <= today),
    today,
    (id) => id,
  ).sort((a, b) => compare(states[a]?.dueOn, states[b]?.dueOn))
  const done = cardIds.filter((id) => states[id]?.seenOn === today && !due.includes(id))
  const fresh = shuffled(
    cardIds.filter((id) => states[id] === undefined),
    'new',
    (id) => id,
  )
  const room = Math.max(0, NEW_CARDS_A_DAY + more - done.length - due.length)
  return { done, todo: [...due, ...fresh.slice(0, room)], later: fresh.slice(room) }
}

/** The next day on which cards come, and how many; undefined when none rests. */
export function nextDue(
  cardIds: readonly string[],
  states: CardStates,
  today: Day,
): { day: Day; count: number } | undefined {
  const days = cardIds.flatMap((id) => states[id]?.dueOn ?? []).filter((day) => day > today)
  const day = days.sort()[0]
  return day === undefined ? undefined : { day, count: days.filter((one) => one === day).length }
}

function compare(a = '', b = ''): number {
  return a < b ? -1 : a > b ? 1 : 0
}
