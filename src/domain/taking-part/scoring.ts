/** How a nominated case is scored: by published criteria, from two people, and what the two scores say together. */
import type { VoiceState } from './voice.ts'

/** What it has avoided, whether others can do the same, how many took part, whether it can be checked. */
export const CRITERIA = ['effect', 'repeatable', 'participation', 'evidence'] as const
export type Criterion = (typeof CRITERIA)[number]

/** As they are published: beside the form of whoever nominates, at the desk, and in the answer. */
export const CRITERION_NAMES: Readonly<Record<Criterion, { readonly zh: string; readonly en: string }>> = {
  effect: { zh: '减排成效', en: 'what it avoids' },
  repeatable: { zh: '可复制性', en: 'whether others can do it' },
  participation: { zh: '公众参与', en: 'who takes part' },
  evidence: { zh: '真实可查', en: 'whether it can be checked' },
}

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

function meanOf(all: readonly Scores[]): number {
  const marks = all.flatMap((scores) => CRITERIA.map((criterion) => scores[criterion]))
  return marks.reduce((sum, mark) => sum + mark, 0) / marks.length
}

/** The marks behind an answer, as everybody who reads it may know them: by criterion, on average, in both languages. */
export function marksInWords(all: readonly Scores[]): string {
  const marks = CRITERIA.map((criterion) => {
    const sum = all.reduce((total, scores) => total + scores[criterion], 0)
    return { ...CRITERION_NAMES[criterion], mark: (sum / all.length).toFixed(1) }
  })
  const zh = marks.map((each) => `${each.zh} ${each.mark}`).join('，')
  const en = marks.map((each) => `${each.en} ${each.mark}`).join(', ')
  return `${all.length} 位评审（满分 ${SCORE_MAX}）：${zh}\n${all.length} reviewers, of ${SCORE_MAX}: ${en}`
}
