/** What to write under a figure, a measure or a system that is quoted: the document as it names itself, the place in it, and whose summary it is. */
import type { SourceDocument } from '../../../content/schema.ts'
import { readingText } from '../../../text/city/plan/city-reading.ts'
import { language } from '../../../text/language.ts'
import { dateText } from '../words.ts'

interface Cited {
  readonly source: SourceDocument
  /** As printed; empty where it is about the whole document. */
  readonly section: string
  /** Of the plain text that the facts were read from. */
  readonly line?: number | undefined
  /** What is quoted, in the app's own words. */
  readonly about: string
  /** Opens the same figure or measure again. */
  readonly link: string
}

/** In the language of the screen; the document's title stays as it is printed, and its public address follows where it is known. */
export function citation({ source, section, line, about, link }: Cited): string {
  const { titleZh, titleEn, number, issuer, url } = source
  const at = line === undefined ? '' : readingText[language.value].lineOf(line)
  const where = [issuer, dateText(source.date), section, at, url].filter(Boolean)
  if (language.value === 'en') {
    const place = [`${titleZh} [${titleEn}]${number ? ` (${number})` : ''}`, ...where].join(', ')
    return `${place}. Summarised by Greentrace as “${about}”: ${link}`
  }
  return `${[`《${titleZh}》${number ? `（${number}）` : ''}`, ...where].join('，')}。绿迹转述：“${about}”，${link}`
}
