/** Text of people and operators as every door takes it: trimmed, within its length, and nothing in it that no screen shows. */
import * as v from 'valibot'
import { isPlainName, isPlainText } from '../domain/base/plain-text.ts'

const TEXT_MESSAGE = 'no control characters, no halves of characters'
export const NAME_MESSAGE = 'one line, no control, direction or invisible characters'

/** One line that stands for something: a title, a place, a device. */
export const nameOf = (max: number) =>
  v.pipe(
    v.string(),
    v.maxLength(max),
    v.check((value) => isPlainName(value), NAME_MESSAGE),
    v.trim(),
    v.minLength(1),
  )

/** Sentences, over several lines if need be. */
export const textOf = (max: number) =>
  v.pipe(
    v.string(),
    v.maxLength(max),
    v.check((value) => isPlainText(value), TEXT_MESSAGE),
    v.trim(),
    v.minLength(1),
  )
