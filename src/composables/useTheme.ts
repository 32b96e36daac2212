/** Light, dark or as the system says: kept on this phone, put on <html data-theme>, told to the browser's own bar. */
import { ref, watchEffect } from 'vue'
import { readChoice, settingKeys, writeSetting } from './device-setting.ts'

export const themes = ['system', 'light', 'dark'] as const
export type Theme = (typeof themes)[number]

const theme = ref<Theme>('system')

/** The page's own background, so that the phone's status bar joins it. Follows --bg in tokens.css. */
const barColour = { light: '#f5f7f3', dark: '#0d1311' } as const

function show(): void {
  const root = document.documentElement
  if (theme.value === 'system') delete root.dataset.theme
  else root.dataset.theme = theme.value
  for (const meta of document.querySelectorAll<HTMLMetaElement>('meta[name="theme-color"]')) {
    const own = meta.media.includes('dark') ? 'dark' : 'light'
    meta.content = barColour[theme.value === 'system' ? own : theme.value]
  }
}

export function applyTheme(): void {
  theme.value = readChoice(settingKeys.theme, themes, 'system')
  watchEffect(show)
}

export function useTheme() {
  function setTheme(next: Theme): void {
    theme.value = next
    writeSetting(settingKeys.theme, next === 'system' ? null : next)
  }
  return { theme, setTheme }
}
