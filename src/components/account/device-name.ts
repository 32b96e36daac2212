/** "Chrome · Android": how this device is called in the account's list. Browser and system are enough to tell one's own devices apart. */
import type { BrowserPlace } from '../../composables/browser-place.ts'

const places: Partial<Record<BrowserPlace, string>> = {
  wechat: 'WeChat',
  huawei: 'Huawei',
  xiaomi: 'Xiaomi',
  oppo: 'OPPO',
  vivo: 'vivo',
  qq: 'QQ',
  uc: 'UC',
  samsung: 'Samsung',
}

/** Order matters: Edge and Opera carry Chrome, Chrome carries Safari. */
const browsers: readonly (readonly [RegExp, string])[] = [
  [/Edg(e|A|iOS)?\//, 'Edge'],
  [/OPR\/|OPiOS/, 'Opera'],
  [/Firefox\/|FxiOS/, 'Firefox'],
  [/Chrome\/|CriOS/, 'Chrome'],
  [/Safari\//, 'Safari'],
]

const systems: readonly (readonly [RegExp, string])[] = [
  [/iPhone|iPod/, 'iPhone'],
  [/iPad/, 'iPad'],
  [/OpenHarmony|HarmonyOS/, 'HarmonyOS'],
  [/Android/, 'Android'],
  [/Windows/, 'Windows'],
  [/Macintosh/, 'Mac'],
  [/CrOS/, 'ChromeOS'],
  [/Linux/, 'Linux'],
]

export function deviceName(agent: {
  userAgent: string
  maxTouchPoints: number
  place: BrowserPlace
}): string {
  const { userAgent, maxTouchPoints, place } = agent
  const named = (list: typeof browsers) => list.find(([mark]) => mark.test(userAgent))?.[1]
  // An iPad calls itself a Mac; a Mac has no touch screen.
  const isIpad = /Macintosh/.test(userAgent) && maxTouchPoints > 1
  const parts = [places[place] ?? named(browsers), isIpad ? 'iPad' : named(systems)]
  return parts.filter((part) => part !== undefined).join(' · ') || 'Web'
}
