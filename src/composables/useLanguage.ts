/** The chosen language: kept on this phone, put on <html lang> so that screen readers pronounce it rightly. */
import { watchEffect } from 'vue'
import { type Language, language } from '../text/language.ts'
import { readChoice, settingKeys, writeSetting } from './device-setting.ts'

const languages = ['zh-CN', 'en'] as const satisfies readonly Language[]

/** Chinese unless the browser prefers English and no Chinese at all: the programme's people read Chinese. */
function preferred(): Language {
  const wanted = navigator.languages ?? [navigator.language]
  const isForeign = wanted.every((tag) => !tag.toLowerCase().startsWith('zh'))
  return isForeign && wanted.some((tag) => tag.toLowerCase().startsWith('en')) ? 'en' : 'zh-CN'
}

export function applyLanguage(): void {
  language.value = readChoice(settingKeys.language, languages, preferred())
  watchEffect(() => {
    document.documentElement.lang = language.value
  })
}

export function useLanguage() {
  function setLanguage(next: Language): void {
    language.value = next
    writeSetting(settingKeys.language, next)
  }
  return { language, setLanguage }
}
