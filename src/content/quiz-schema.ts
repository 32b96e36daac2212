/**
 * What a city's quiz file holds: questions about one measure or indicator of the city's pack, in two languages and in our own words.
 * The right answer is option 0 in the file; the screen shows the options in another order, and a record carries the index in the file.
 */
import * as v from 'valibot'
import { CITY_IDS } from '../domain/base/city.ts'
import { recordId } from './record-id.ts'

const text = v.pipe(v.string(), v.trim(), v.minLength(1))

const questionSchema = v.strictObject({
  id: recordId('q'),
  /** The measure or indicator whose text and figures decide the answer. */
  about: recordId('[mi]'),
  kind: v.literal('choice'),
  questionZh: text,
  questionEn: text,
  options: v.pipe(v.array(v.strictObject({ zh: text, en: text })), v.minLength(2), v.maxLength(4)),
  explainZh: text,
  explainEn: text,
})

export const quizSchema = v.strictObject({
  schema: v.literal(1),
  city: v.picklist(CITY_IDS),
  questions: v.pipe(v.array(questionSchema), v.minLength(1)),
})

export type Question = v.InferOutput<typeof questionSchema>
export type Quiz = v.InferOutput<typeof quizSchema>
