/** The way to each city's quiz: one lazy chunk per city, as with the packs. Tests hold the files to the schema. */
import { CITY_IDS, type CityId } from '../domain/base/city.ts'
import type { Quiz } from './quiz-schema.ts'

export async function loadQuiz(id: CityId): Promise<Quiz> {
  const file = await importQuiz(id)
  return file.default as unknown as Quiz
}

const CITY_OF_PREFIX: Readonly<Record<string, CityId>> = {
  jn: 'jinan',
  qd: 'qingdao',
  wf: 'weifang',
  zb: 'zibo',
  bz: 'binzhou',
}

/** The city whose file holds the question; undefined for an id that no file of ours would have. */
export function cityOfQuestion(questionId: string): CityId | undefined {
  return CITY_OF_PREFIX[questionId.slice(0, questionId.indexOf('-'))]
}

/** Ids of all cities' questions: the backend pays points for no other. */
export async function allQuestionIds(): Promise<string[]> {
  const quizzes = await Promise.all(CITY_IDS.map(loadQuiz))
  return quizzes.flatMap((quiz) => quiz.questions.map((question) => question.id))
}

/** Spelled out, because the bundler makes a chunk of each literal path, and Node asks for the attribute. */
function importQuiz(id: CityId): Promise<{ default: unknown }> {
  switch (id) {
    case 'jinan':
      return import('./quiz/jinan.json', { with: { type: 'json' } })
    case 'qingdao':
      return import('./quiz/qingdao.json', { with: { type: 'json' } })
    case 'weifang':
      return import('./quiz/weifang.json', { with: { type: 'json' } })
    case 'zibo':
      return import('./quiz/zibo.json', { with: { type: 'json' } })
    case 'binzhou':
      return import('./quiz/binzhou.json', { with: { type: 'json' } })
  }
}
