/** Text of people and operators as every door takes it: trimmed, within its length, and nothing in it that no screen shows. */
import * as v from 'valibot'
import { isPlainName, isPlainText, showsSomething } from '../domain/base/plain-text.ts'

const TEXT_MESSAGE =
  'no control characters, no halves of characters, nothing that turns the direction of reading'
const EMPTY_MESSAGE = 'something that can be seen'
export const NAME_MESSAGE = 'one line, no control, direction or invisible characters'

/** One line that stands for something: a title, a place, a device. */
export const nameOf = (max: number) =>
  v.pipe(
    v.string(),
    v.maxLength(max),
    v.check((value) => isPlainName(value), NAME_MESSAGE),
    v.trim(),
    v.minLength(1),
    v.check((value) => showsSomething(value), EMPTY_MESSAGE),
  )

/** Sentences, over several lines if need be. */
export const textOf = (max: number) =>
  v.pipe(
    v.string(),
    v.maxLength(max),
    v.check((value) => isPlainText(value), TEXT_MESSAGE),
    v.trim(),
    v.minLength(1),
    v.check((value) => showsSomething(value), EMPTY_MESSAGE),
  )
