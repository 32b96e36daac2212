/** A question answered. It would fill the row itself: it stands on the entry's page, the row names its city. */
import Icon from '~icons/ph/question'
import { cityOfQuestion } from '../../../content/quiz-registry.ts'
import { cityById } from '../../../content/registry.ts'
import type { Language } from '../../../text/language.ts'
import { ledgerText } from '../../../text/ledger/ledger.ts'
import type { CommandFace } from './face.ts'

export const quizAnswer: CommandFace<'quiz.answer'> = {
  accepted: 'posted',
  about: 'entry',
  cannotUndo: true, // the first answer stands
  icon: () => Icon,
  word: (t) => t.kinds.answerQuiz,
  title: ({ questionId }, { language }) => quizTitle(questionId, language),
  titleAsked: ({ body }, { language }) => quizTitle(body.questionId, language),
}

function quizTitle(questionId: string | undefined, language: Language): string {
  const t = ledgerText[language]
  const id = questionId === undefined ? undefined : cityOfQuestion(questionId)
  if (id === undefined) return t.kinds.answerQuiz
  const city = cityById(id)
  return t.ofWhat(t.kinds.answerQuiz, language === 'en' ? city.nameEn : city.nameZh)
}
