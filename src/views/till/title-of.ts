/** What an offer is called in the chosen language; empty where nobody has told it here. */
import { language } from '../../text/language.ts'

export function titleOf({ titleZh = '', titleEn = '' }: { titleZh?: string; titleEn?: string }): string {
  return language.value === 'en' ? titleEn || titleZh : titleZh || titleEn
}
