/** What a warning says in the reader's language. */
import { type AlertInfo, infoIn, type JudgedAlert } from '../../domain/taking-part/alert.ts'
import { language } from '../../text/language.ts'

/** Every alert has at least one block; the schema sees to it. */
export function infoOf({ alert }: JudgedAlert): AlertInfo {
  return infoIn(alert, language.value === 'en' ? 'en-US' : 'zh-CN') as AlertInfo
}
