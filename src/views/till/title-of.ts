/** What offers and branches are called in the chosen language; empty where nobody has told it here. */
import { language } from '../../text/language.ts'

export function titleOf({ titleZh = '', titleEn = '' }: { titleZh?: string; titleEn?: string }): string {
  return language.value === 'en' ? titleEn || titleZh : titleZh || titleEn
}

export function branchName({ nameZh, nameEn }: { nameZh: string; nameEn: string }): string {
  return language.value === 'en' ? nameEn : nameZh
}
