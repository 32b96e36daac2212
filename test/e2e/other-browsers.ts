/**
 * Browsers of other makers, as far as the journeys need them. Firefox is closed and opened again on its profile; an automated WebKit forgets
 * everything when it ends, so there the page is loaded anew. Skipped where they are not installed, and the test's name says so.
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import puppeteer, { type Browser, type Page } from 'puppeteer-core'
import { Builder, By, Capabilities, until, type WebDriver } from 'selenium-webdriver'
import { freePort } from '../support/server.ts'

const WAIT_MS = 30_000
const FIREFOX = [process.env.FIREFOX_PATH, '/usr/bin/firefox-esr', '/usr/bin/firefox']
const WEBKIT = {
  driver: ['/usr/bin/WebKitWebDriver'],
  browser: ['webkit2gtk-4.1', 'webkit2gtk-4.0', 'webkitgtk-6.0'].map(
    (each) => `/usr/lib/x86_64-linux-gnu/${each}/MiniBrowser`,
  ),
  screen: ['/usr/bin/Xvfb'],
}

const found = (paths: readonly (string | undefined)[]) => paths.find((path) => path && existsSync(path))
const firefox = found(FIREFOX)
const webkit = { driver: found(WEBKIT.driver), browser: found(WEBKIT.browser), screen: found(WEBKIT.screen) }
const webkitLacks = [
  ...(webkit.driver && webkit.browser ? [] : ['webkit2gtk-driver']),
  ...(webkit.screen ? [] : ['xvfb']),
]
const lacks = (names: readonly string[]) =>
  names.length === 0 ? '' : ` (skipped: ${names.join(' and ')} not installed)`

/** A browser as far as this journey needs it. */
export interface Driven {
  goto(address: string): Promise<void>
  /** Waits for what the XPath names. */
  tap(xpath: string): Promise<void>
  type(xpath: string, text: string): Promise<void>
  finds(xpath: string): Promise<void>
  sees(text: string): Promise<void>
  /** Runs the body of an async function in the page. */
  run(body: string): Promise<unknown>
  /** As near to closing and opening it as this browser allows. */
  restart(): Promise<void>
  end(): Promise<void>
}

const PREFS = {
  // Without these two, it waits for ever on a question whether storage may persist.
  'dom.storageManager.prompt.testing': true,
  'dom.storageManager.prompt.testing.allow': true,
  'network.http.http3.enable': false,
  'app.normandy.enabled': false,
  'datareporting.policy.dataSubmissionEnabled': false,
  'app.update.enabled': false,
}

async function openFirefox(executablePath: string): Promise<Driven> {
  const userDataDir = mkdtempSync(join(tmpdir(), 'greentrace-firefox-'))
  let browser: Browser
  let page: Page
  const launch = async () => {
    browser = await puppeteer.launch({
      browser: 'firefox',
      executablePath,
      headless: true,
      userDataDir,
      extraPrefsFirefox: PREFS,
    })
    page = await browser.newPage()
    page.setDefaultTimeout(WAIT_MS)
  }
  const find = async (xpath: string) => {
    const element = await page.waitForSelector(`::-p-xpath(${xpath})`, { visible: true })
    if (!element) throw new Error(`nothing at ${xpath}`)
    return element
  }
  await launch()
  return {
    goto: async (address) => void (await page.goto(address)),
    tap: async (xpath) => (await find(xpath)).click(),
    type: async (xpath, text) => (await find(xpath)).type(text),
    finds: async (xpath) => void (await find(xpath)),
    sees: async (text) => void (await find(`//*[text()[contains(., "${text}")]]`)),
    run: (body) => page.evaluate(`(async () => { ${body} })()`),
    async restart() {
      await browser.close()
      await launch()
    },
    async end() {
      await browser.close()
      rmSync(userDataDir, { recursive: true, force: true })
    },
  }
}

async function openWebkit(paths: { driver: string; browser: string; screen: string }): Promise<Driven> {
  const started: ChildProcess[] = []
  const end = () => {
    for (const each of started.toReversed()) each.kill()
  }
  const screen = spawn(
    paths.screen,
    ['-displayfd', '3', '-screen', '0', '1024x1024x24', '-nolisten', 'tcp'],
    {
      stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
    },
  )
  started.push(screen)
  const display = await new Promise<string>((resolve, reject) => {
    screen.once('exit', () => reject(new Error('the screen did not start')))
    screen.stdio[3]?.once('data', (data: Buffer) => resolve(`:${data.toString().trim()}`))
  })
  const port = await freePort()
  const service = spawn(paths.driver, [`--port=${port}`, '--host=127.0.0.1'], {
    env: { ...process.env, DISPLAY: display },
    stdio: 'ignore',
  })
  started.push(service)
  const address = `http://127.0.0.1:${port}`
  let driver: WebDriver
  try {
    await untilAnswering(`${address}/status`)
    const wish = new Capabilities({
      browserName: 'MiniBrowser',
      'webkitgtk:browserOptions': { binary: paths.browser, args: ['--automation'] },
    })
    driver = await new Builder().usingServer(address).withCapabilities(wish).build()
    await driver.manage().setTimeouts({ script: WAIT_MS, pageLoad: WAIT_MS })
  } catch (error) {
    end()
    throw error
  }
  const find = async (xpath: string) => {
    const element = await driver.wait(until.elementLocated(By.xpath(xpath)), WAIT_MS)
    return driver.wait(until.elementIsVisible(element), WAIT_MS)
  }
  return {
    goto: (address) => driver.get(address),
    tap: async (xpath) => {
      const element = await find(xpath)
      await driver.wait(() => driver.executeScript<boolean>(TOUCH, element), WAIT_MS)
    },
    type: async (xpath, text) => (await find(xpath)).sendKeys(text),
    finds: async (xpath) => void (await find(xpath)),
    sees: async (text) => void (await find(`//*[text()[contains(., "${text}")]]`)),
    run: (body) =>
      driver.executeAsyncScript(
        `const done = arguments[arguments.length - 1]; (async () => { ${body} })().then(done, done)`,
      ),
    restart: () => driver.navigate().refresh(),
    async end() {
      await driver.quit().catch(() => undefined)
      end()
    },
  }
}

/** WebKit's driver takes nothing for what can be touched once a dialog has been open: so a finger is told by what lies at that place. */
const TOUCH = `
  const [wanted] = arguments
  wanted.scrollIntoView({ block: 'center' })
  const { x, y, width, height } = wanted.getBoundingClientRect()
  if (!wanted.contains(document.elementFromPoint(x + width / 2, y + height / 2))) return false
  wanted.click()
  return true`

async function untilAnswering(address: string): Promise<void> {
  const until = Date.now() + WAIT_MS
  while (Date.now() < until) {
    const isThere = await fetch(address).then(
      () => true,
      () => false,
    )
    if (isThere) return
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  throw new Error(`nothing answers at ${address}`)
}

/** Each with its name, and what is lacking to open it, if anything. */
export const OTHER_BROWSERS = [
  {
    name: 'Firefox, closed and opened again,',
    lacking: lacks(firefox ? [] : ['firefox-esr']),
    open: () => openFirefox(firefox as string),
  },
  {
    name: 'WebKit, loaded anew,',
    lacking: lacks(webkitLacks),
    open: () => openWebkit(webkit as { driver: string; browser: string; screen: string }),
  },
] as const

/** Past the choice of the city, with the worker at work, so that the next start needs no network. */
export async function startsIn(browser: Driven, url: string, city: string): Promise<void> {
  await browser.goto(`${url}/robots.txt`)
  await browser.run(`localStorage.setItem('gt-language', 'zh-CN')`)
  await browser.goto(`${url}/`)
  await browser.run(`
    await navigator.serviceWorker.ready
    if (!navigator.serviceWorker.controller)
      await new Promise((resolve) => navigator.serviceWorker.addEventListener('controllerchange', resolve))`)
  await browser.tap(`//button[contains(., "${city}")]`)
  await browser.finds(`//button[starts-with(@aria-label, "城市：${city}")]`)
}
