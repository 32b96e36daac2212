/** What to write under a figure or a measure that is quoted: the document as it names itself, the place in it, and whose summary it is. */
import type { SourceDocument } from '../../../content/schema.ts'
import { language } from '../../../text/language.ts'
import { dateText } from '../words.ts'

interface Cited {
  readonly source: SourceDocument
  /** As printed; empty where it is about the whole document. */
  readonly section: string
  /** What is quoted, in the app's own words. */
  readonly about: string
  /** Opens the same figure or measure again. */
  readonly link: string
}

/** In the language of the screen; the document's title stays as it is printed. */
export function citation({ source, section, about, link }: Cited): string {
  const { titleZh, titleEn, number, issuer } = source
  const where = [issuer, dateText(source.date), section].filter(Boolean)
  if (language.value === 'en') {
    const place = [`${titleZh} [${titleEn}]${number ? ` (${number})` : ''}`, ...where].join(', ')
    return `${place}. Summarised by Greentrace as “${about}”: ${link}`
  }
  return `${[`《${titleZh}》${number ? `（${number}）` : ''}`, ...where].join('，')}。绿迹转述：“${about}”，${link}`
}
