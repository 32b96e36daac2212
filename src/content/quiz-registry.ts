/** The way to each city's quiz: one lazy chunk per city, as with the packs. Tests hold the files to the schema. */
import { CITY_IDS, type CityId } from '../domain/base/city.ts'
import type { Quiz } from './quiz-schema.ts'
import { cities, cityById } from './registry.ts'

/** Without a question where nobody has written any yet. */
export async function loadQuiz(id: CityId): Promise<Quiz> {
  const file = await cityById(id).loadQuiz?.()
  return file ? (file.default as Quiz) : { schema: 1, city: id, questions: [] }
}

/** The city whose file holds the question; undefined for an id that no file of ours would have. */
export function cityOfQuestion(questionId: string): CityId | undefined {
  const code = questionId.slice(0, questionId.indexOf('-'))
  return cities.find((city) => city.code === code)?.id
}

/** Ids of all cities' questions: the backend pays points for no other. */
export async function allQuestionIds(): Promise<string[]> {
  const quizzes = await Promise.all(CITY_IDS.map(loadQuiz))
  return quizzes.flatMap((quiz) => quiz.questions.map((question) => question.id))
}
