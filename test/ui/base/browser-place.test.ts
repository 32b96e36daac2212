import { expect, test } from 'vitest'
import { type BrowserPlace, browserPlace } from '../../../src/composables/browser-place.ts'

const android =
  'Mozilla/5.0 (Linux; Android 13; PGT-AN10) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/114.0.5735.196 Mobile Safari/537.36'
const iphone =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Mobile/15E148 Safari/604.1'
const mac =
  'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Safari/605.1.15'

test.each<[string, number, BrowserPlace]>([
  [android, 5, 'android'],
  [`${android} MMWEBID/1 MicroMessenger/8.0.40 MQQBrowser/6.2`, 5, 'wechat'],
  [`${iphone} MicroMessenger/8.0.49`, 5, 'wechat'],
  [`${android} AlipayClient/10.5.0`, 5, 'in-app'],
  [`${android} QQ/8.9.85`, 5, 'in-app'],
  [`${android} MQQBrowser/14.3`, 5, 'qq'],
  [`${android} HuaweiBrowser/14.0.2`, 5, 'huawei'],
  [`${android} XiaoMi/MiuiBrowser/18.1`, 5, 'xiaomi'],
  [`${android} HeyTapBrowser/45.10`, 5, 'oppo'],
  [`${android} VivoBrowser/16.3`, 5, 'vivo'],
  [`${android} UCBrowser/15.5`, 5, 'uc'],
  [`${android} baiduboxapp/13.40`, 5, 'vendor'],
  [`${android} SamsungBrowser/25.0`, 5, 'samsung'],
  [iphone, 5, 'ios-safari'],
  [iphone.replace('Version/17.5', 'CriOS/126.0'), 5, 'ios-other'],
  [mac, 5, 'ios-safari'],
  [mac, 0, 'desktop'],
  ['Mozilla/5.0 (Android 14; Mobile; rv:127.0) Gecko/127.0 Firefox/127.0', 5, 'firefox'],
])('%s (%i touch points) is %s', (userAgent, maxTouchPoints, place) => {
  expect(browserPlace({ userAgent, maxTouchPoints })).toBe(place)
})
