/** How a nominated case is scored: by published criteria, from two people, and what the two scores say together. */
import type { VoiceState } from './voice.ts'

/** What it has avoided, whether others can do the same, how many took part, whether it can be checked. */
export const CRITERIA = ['effect', 'repeatable', 'participation', 'evidence'] as const
export type Criterion = (typeof CRITERIA)[number]

export const SCORE_MIN = 1
export const SCORE_MAX = 5

export type Scores = Readonly<Record<Criterion, number>>

/** One person's liking decides nothing. */
export const SCORERS = 2

/** Of five, on average: published with the criteria. */
export const SELECTED_FROM = 3.5

/** Undefined while somebody has still to score. */
export function verdictOf(all: readonly Scores[]): Extract<VoiceState, 'selected' | 'declined'> | undefined {
  if (all.length < SCORERS) return undefined
  return meanOf(all) >= SELECTED_FROM ? 'selected' : 'declined'
}

export function meanOf(all: readonly Scores[]): number {
  const marks = all.flatMap((scores) => CRITERIA.map((criterion) => scores[criterion]))
  return marks.reduce((sum, mark) => sum + mark, 0) / marks.length
}
