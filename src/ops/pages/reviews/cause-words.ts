/** Why a case is looked at, in words: an appeal, or the reason that put it aside. */
import { isAssessmentCode } from '../../../domain/methodology/effect.ts'
import { assessmentReasonText } from '../../../text/activity/assessment-reasons.ts'
import type { Language } from '../../../text/language.ts'
import { deskReviewsText } from '../../../text/ops/citizens.ts'

export function causeWords(cause: string, language: Language): string {
  if (cause === 'appealed') return deskReviewsText[language].appealed
  const words = assessmentReasonText[language]
  return isAssessmentCode(cause) ? words[cause](undefined) : cause
}
