/**
 * `npm run shots [word…]`: every screen as a picture in test/shots, light, dark, 长辈版 and English, at 390 wide (and a few at 360, 768, 1280),
 * with six weeks of somebody's acts from the real backend. Words pick screens by name. For looking at, not for comparing.
 */
import { mkdirSync } from 'node:fs'
import type { Page } from 'playwright-core'
import { enqueue } from '../../src/db/outbox.ts'
import type { CommandId } from '../../src/domain/ids.ts'
import { PHONE, untilOfflineReady } from '../support/browser.ts'
import { ORIGIN, Phone } from '../support/phone.ts'
import { sampleLife } from '../support/sample-life.ts'
import { startServer } from '../support/server.ts'
import { Person } from './person.ts'

const NUMBER = '13812345678'
const FOLDER = 'test/shots'
const wanted = process.argv.slice(2)
mkdirSync(FOLDER, { recursive: true })

const LOOKS = {
  light: {},
  dark: { 'gt-theme': 'dark' },
  elder: { 'gt-elder': 'on' },
  en: { 'gt-language': 'en' },
} as const

const SCREENS: readonly { name: string; path: string; go?: (page: Page) => Promise<void> }[] = [
  { name: 'home', path: '/' },
  { name: 'ledger', path: '/ledger' },
  { name: 'entry', path: '/ledger', go: (page) => page.locator('main a[href^="/ledger/"]').nth(1).click() },
  { name: 'log', path: '/log' },
  { name: 'log-form', path: '/log?code=bike', go: (page) => page.getByRole('textbox').first().fill('3.2') },
  { name: 'log-life', path: '/log?code=clean-plate' },
  { name: 'log-power', path: '/log?code=power-saving' },
  { name: 'rewards', path: '/rewards' },
  {
    name: 'offer',
    path: '/rewards',
    go: (page) => page.locator('main a[href*="/rewards/offer/"]').first().click(),
  },
  { name: 'vouchers', path: '/rewards?tab=vouchers' },
  {
    name: 'voucher',
    path: '/rewards?tab=vouchers',
    go: (page) => page.locator('main a[href^="/vouchers/"]').first().click(),
  },
  { name: 'city', path: '/city/weifang' },
  { name: 'city-search', path: '/city/weifang?q=公共自行车' },
  { name: 'city-field', path: '/city/binzhou/field/transport' },
  { name: 'me', path: '/me' },
  { name: 'settings', path: '/me/settings' },
  { name: 'privacy', path: '/me/privacy' },
  { name: 'devices', path: '/me/devices' },
  { name: 'backup', path: '/me/backup' },
  { name: 'sync', path: '/me/sync' },
  { name: 'methodology', path: '/me/methodology' },
  { name: 'hi', path: '/hi' },
  { name: 'missing', path: '/no-such-page' },
]

const server = await startServer()
try {
  await liveSixWeeks()
  await shootEmpty()
  await shootAll()
} finally {
  await server.end()
}
process.exit(0)

/** The acts come from another phone of the same person. */
async function liveSixWeeks(): Promise<void> {
  const send = (request: Request) => {
    const headers = new Headers(request.headers)
    headers.set('origin', server.url)
    return fetch(
      new Request(request.url.replace(ORIGIN, server.url), {
        method: request.method,
        headers,
        body: request.body,
        duplex: 'half',
      } as RequestInit),
    )
  }
  const phone = await new Phone({ now: Date.now, newId: () => crypto.randomUUID(), send }).open()
  await phone.signIn(NUMBER)
  for (const body of sampleLife(Date.now())) {
    await enqueue(phone.db, {
      id: crypto.randomUUID() as CommandId,
      kind: 'activity.record',
      at: Date.now(),
      body,
    })
  }
  await phone.sync()
  phone.close()
}

async function shootEmpty(): Promise<void> {
  const person = await Person.with(server.url)
  await person.goto('/')
  await person.page.waitForTimeout(800)
  await shoot(person.page, 'welcome', 'light')
  await person.choosesCity('潍坊')
  for (const [name, path] of [
    ['home', '/'],
    ['ledger', '/ledger'],
    ['rewards', '/rewards'],
    ['me', '/me'],
    ['sign-in', '/me/sign-in'],
  ] as const) {
    await person.goto(path)
    await person.page.waitForTimeout(800)
    await shoot(person.page, `empty-${name}`, 'light')
  }
  await person.end()
}

async function shootAll(): Promise<void> {
  const person = await Person.with(server.url)
  const { page } = person
  await person.choosesCity('潍坊')
  await person.signsIn(NUMBER)
  await person.untilSynced()
  await person.buysVoucher()
  await untilOfflineReady(page)
  for (const [look, settings] of Object.entries(LOOKS)) {
    await page.evaluate(
      (values) => {
        for (const key of ['gt-theme', 'gt-elder', 'gt-language']) localStorage.removeItem(key)
        for (const [key, value] of Object.entries(values)) localStorage.setItem(key, value)
      },
      settings as Record<string, string>,
    )
    for (const screen of SCREENS)
      if (wanted.length === 0 || wanted.some((word) => screen.name.includes(word)))
        await shootScreen(person, screen, look)
  }
  if (person.errors.length > 0) console.info('errors:', person.errors)
  await person.end()
}

async function shootScreen(person: Person, screen: (typeof SCREENS)[number], look: string): Promise<void> {
  const { page } = person
  await person.goto(screen.path)
  await page.waitForTimeout(700)
  await screen
    .go?.(page)
    .catch((error: unknown) => console.info(`${screen.name}: ${String(error).split('\n')[0]}`))
  await page.waitForTimeout(700)
  await shoot(page, screen.name, look)
  if (look !== 'light') return
  for (const width of [360, 768, 1280]) {
    await page.setViewportSize({ width, height: width === 1280 ? 900 : PHONE.height })
    await page.waitForTimeout(250)
    await page.screenshot({ path: `${FOLDER}/${screen.name}-${width}.png` })
  }
  await page.setViewportSize(PHONE)
}

/** The first screenful, and the whole length beside it. */
async function shoot(page: Page, name: string, look: string): Promise<void> {
  await page.screenshot({ path: `${FOLDER}/${name}-${look}.png` })
  await page.screenshot({ path: `${FOLDER}/${name}-${look}-full.png`, fullPage: true })
}
