/**
 * Which browser this is, as far as the way to the home screen differs. Read from the user agent, which lies now and then:
 * it only chooses the words of a help text, never what the app can do.
 */
export type BrowserPlace =
  | 'wechat'
  | 'in-app'
  | 'ios-safari'
  | 'ios-other'
  | 'huawei'
  | 'xiaomi'
  | 'oppo'
  | 'vivo'
  | 'qq'
  | 'uc'
  | 'vendor'
  | 'samsung'
  | 'firefox'
  | 'android'
  | 'desktop'

/** Order matters: WeChat carries MQQBrowser in its user agent, and every vendor's browser carries Chrome. */
const marks: readonly (readonly [RegExp, BrowserPlace])[] = [
  [/MicroMessenger/i, 'wechat'],
  [/AlipayClient|DingTalk|Weibo|aweme|BytedanceWebview|Feishu|Lark|\bQQ\//i, 'in-app'],
  [/HuaweiBrowser|OpenHarmony|ArkWeb/i, 'huawei'],
  [/MiuiBrowser/i, 'xiaomi'],
  [/HeyTapBrowser|OppoBrowser/i, 'oppo'],
  [/VivoBrowser/i, 'vivo'],
  [/MQQBrowser/i, 'qq'],
  [/UCBrowser|UBrowser/i, 'uc'],
  [/Quark|baidu|Sogou|360SE|QihooBrowser|HonorBrowser/i, 'vendor'],
  [/SamsungBrowser/i, 'samsung'],
]

export function browserPlace(agent: { userAgent: string; maxTouchPoints: number }): BrowserPlace {
  const { userAgent } = agent
  const marked = marks.find(([mark]) => mark.test(userAgent))?.[1]
  if (marked === 'wechat' || marked === 'in-app') return marked
  // An iPad calls itself a Mac; a Mac has no touch screen.
  const isIos =
    /iPhone|iPad|iPod/.test(userAgent) || (/Macintosh/.test(userAgent) && agent.maxTouchPoints > 1)
  if (isIos) return marked || /CriOS|FxiOS|EdgiOS|OPiOS/.test(userAgent) ? 'ios-other' : 'ios-safari'
  if (marked) return marked
  if (!/Android|Mobile/.test(userAgent)) return 'desktop'
  return /Firefox/.test(userAgent) ? 'firefox' : 'android'
}
