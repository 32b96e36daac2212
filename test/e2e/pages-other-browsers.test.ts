/** Every page in browsers of other makers, of somebody who has signed in: it has its title, is no wider than the window, and nothing goes wrong in it. */
import { describe, expect } from 'vitest'
import { inOtherBrowsers } from './in-other-browsers.ts'
import { type Driven, startsIn } from './other-browsers.ts'
import { SCREENS } from './screens.ts'

/** Those that need no tap to get there. */
const PATHS = [...new Set(SCREENS.filter(({ go }) => go === undefined).map(({ path }) => path))]

/** Once the title stands and what comes a moment later has come. */
const LOOK = `
  for (let i = 0; i < 200 && !document.querySelector('main h1'); i++) await new Promise((done) => setTimeout(done, 50))
  await new Promise((done) => setTimeout(done, 300))
  const { scrollWidth } = document.documentElement
  return [
    ...(document.querySelector('main h1')?.textContent.trim() ? [] : ['no title']),
    ...(scrollWidth > innerWidth ? ['as wide as ' + scrollWidth + ' in ' + innerWidth] : []),
    ...window.troubles(),
  ]`

async function signsIn(browser: Driven, url: string): Promise<void> {
  await browser.goto(`${url}/me/sign-in`)
  await browser.type('//input[@id = //label[contains(., "手机号")]/@for]', '13812345678')
  await browser.tap('//button[contains(., "获取验证码")]')
  await browser.tap('//button[contains(., "填入验证码")]')
  await browser.tap('//button[normalize-space(.) = "登录"]')
  await browser.finds('//button[starts-with(@aria-label, "城市：潍坊")]')
}

describe('every page', () => {
  inOtherBrowsers('shows it whole and without an error', async ({ browser, gateway: { url } }) => {
    await startsIn(browser, url, '潍坊')
    await signsIn(browser, url)
    const found: Record<string, unknown> = {}
    for (const path of PATHS) {
      await browser.goto(url + path)
      const troubles = (await browser.run(LOOK)) as string[]
      if (troubles.length > 0) found[path] = troubles
    }
    expect(found).toEqual({})
  })
})
