/**
 * What a question is worth. The first answer to a question counts, once per account; by convention the first option of a question, as it
 * stands in src/content/quiz, is the right one, and the screen shuffles.
 */
import type { Points } from '../base/units.ts'

export const QUIZ_POINTS: Points = 5
export const RIGHT_CHOICE = 0
/** Options that a question has at most. */
export const CHOICES_MAX = 6
