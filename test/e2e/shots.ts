/**
 * `npm run shots [word…]`: every screen as a picture in test/shots, light, dark, 长辈版 and English, at 390 wide (and a few at 360, 768, 1280),
 * with six weeks of somebody's acts from the real backend. Words pick screens by name. For looking at, not for comparing.
 * `npm run shots -- --measure [word…]` measures instead, with long names and large numbers, at every size and in the looks that need most
 * room, and prints what is cut off, covered, or wider than the window.
 * `npm run shots -- --publish` writes only the four pictures of public/screenshots, which the manifest shows before the app is installed.
 */
import { mkdirSync } from 'node:fs'
import type { Page } from 'playwright-core'
import type { Profile } from '../../src/db/device.ts'
import { PHONE } from '../support/browser.ts'
import { startServer } from '../support/server.ts'
import { layoutFaults } from './layout.ts'
import { liveSixWeeks } from './lived-in.ts'
import { Person } from './person.ts'
import { FIRST_SCREENS, GUEST_SCREENS, LOOKS, putOn, SCREENS, type Screen, settled } from './screens.ts'
import { changeRows, ledgerId } from './stored.ts'

const NUMBER = '13812345678'
const FOLDER = 'test/shots'
const PUBLISHED = 'public/screenshots'
const WIDE = { width: 1280, height: 800 }
const isPublishing = process.argv.includes('--publish')
const isMeasuring = process.argv.includes('--measure')
/** The phones there are, one lying on its side, a tablet, a laptop. */
const SIZES = [
  ...[320, 360, 390].map((width) => ({ ...PHONE, width })),
  { width: 844, height: 390 },
  { width: 768, height: 1024 },
  WIDE,
]
const LARGEST_LETTERS = '40'
const wanted = process.argv.slice(2).filter((word) => !word.startsWith('--'))
const isWanted = ({ name }: Screen) => wanted.length === 0 || wanted.some((word) => name.includes(word))
mkdirSync(isPublishing ? PUBLISHED : FOLDER, { recursive: true })

const server = await startServer()
const person = await Person.with(server.url)
const { page } = person
try {
  await (isPublishing ? publish() : isMeasuring ? measureAll() : shootAll())
  if (person.errors.length > 0) console.info('errors:', person.errors)
} finally {
  await person.end()
  await server.end()
}
process.exit(0)

async function publish(): Promise<void> {
  await page.emulateMedia({ reducedMotion: 'reduce' })
  await person.choosesCity('潍坊')
  await liveIn()
  await person.buysVoucher() // the till's
  await person.buysVoucher()
  const home = { name: 'home', path: '/' }
  const ride = page.locator('main a[href^="/ledger/"]').filter({ hasText: /骑行.*\+/s })
  await publishScreen(home)
  await publishScreen({ name: 'entry', path: '/ledger?filter=travel', go: () => ride.first().click() })
  await publishScreen({ name: 'city', path: '/city/weifang' })
  await page.setViewportSize(WIDE)
  await publishScreen({ ...home, name: 'home-wide' })
}

async function publishScreen(screen: Screen): Promise<void> {
  await visit(screen)
  await page.screenshot({ path: `${PUBLISHED}/${screen.name}.png` })
}

async function shootAll(): Promise<void> {
  for (const screen of FIRST_SCREENS.filter(isWanted)) await shootScreen(screen, 'light')
  await person.choosesCity('潍坊')
  for (const screen of GUEST_SCREENS.filter(isWanted)) await shootScreen(screen, 'light')
  await liveIn()
  await person.buysVoucher() // the till's
  await person.buysVoucher()
  for (const look of Object.keys(LOOKS) as (keyof typeof LOOKS)[]) {
    await putOn(page, look)
    for (const screen of SCREENS.filter(isWanted)) await shootScreen(screen, look)
  }
}

async function measureAll(): Promise<void> {
  await page.emulateMedia({ reducedMotion: 'reduce' })
  for (const screen of FIRST_SCREENS.filter(isWanted)) await measure(screen, 'light')
  await person.choosesCity('潍坊')
  for (const screen of GUEST_SCREENS.filter(isWanted)) await measure(screen, 'light')
  await liveIn()
  await person.buysVoucher() // the till's
  await person.buysVoucher()
  for (const look of ['light', 'elder', 'en'] as const) {
    await putOn(page, look)
    await page.evaluate((size) => localStorage.setItem('gt-elder-text', size), LARGEST_LETTERS)
    for (const screen of SCREENS.filter(isWanted)) {
      await grow()
      await measure(screen, look)
    }
  }
}

async function measure(screen: Screen, look: string): Promise<void> {
  await visit(screen)
  for (const fault of await layoutFaults(page, SIZES)) console.info(`${screen.name}, ${look}: ${fault}`)
}

/** A name, an offer and a balance as long as they get. */
async function grow(): Promise<void> {
  const ledger = `greentrace-ledger-${await ledgerId(page)}`
  await changeRows<Profile>(page, { database: 'greentrace-device', table: 'profiles' }, (profile) => ({
    ...profile,
    nickname: '阿迪力江·买买提伊敏·艾力·吐尔逊·阿卜杜拉',
  }))
  await changeRows<{ key: string; value: { balances?: Record<string, number> } }>(
    page,
    { database: ledger, table: 'meta' },
    (row) =>
      row.key === 'ledger'
        ? {
            ...row,
            value: { ...row.value, balances: { ...row.value.balances, 'points:available': 1_234_567 } },
          }
        : row,
  )
  await changeRows<{ key: string; value: { offers?: { offer: object }[] } }>(
    page,
    { database: 'greentrace-device', table: 'kept' },
    (row) =>
      row.key.startsWith('offers')
        ? {
            ...row,
            value: {
              ...row.value,
              offers: (row.value.offers ?? []).map((each) => ({
                ...each,
                offer: {
                  ...each.offer,
                  titleZh: '示例长名称兑换券含跨区联运自行车与轨道交通通票周末家庭出行套餐升级版一份',
                  titleEn: 'Sample: environmentally-responsible-refurbishment workshop for grandparents',
                },
              })),
            },
          }
        : row,
  )
}

async function liveIn(): Promise<void> {
  await person.signsIn(NUMBER)
  await liveSixWeeks(person)
}

async function visit({ name, path, go }: Screen): Promise<void> {
  await person.goto(path)
  await settled(page)
  await go?.(page).catch((error: unknown) => console.info(`${name}: ${String(error).split('\n')[0]}`))
  await settled(page)
}

async function shootScreen(screen: Screen, look: string): Promise<void> {
  await visit(screen)
  await shoot(page, screen.name, look)
  if (look !== 'light') return
  for (const width of [360, 768, 1280]) {
    await page.setViewportSize({ width, height: width === 1280 ? 900 : PHONE.height })
    await settled(page)
    await page.screenshot({ path: `${FOLDER}/${screen.name}-${width}.png` })
  }
  await page.setViewportSize(PHONE)
}

/** The first screenful, and the whole length beside it. */
async function shoot(page: Page, name: string, look: string): Promise<void> {
  await page.screenshot({ path: `${FOLDER}/${name}-${look}.png` })
  await page.screenshot({ path: `${FOLDER}/${name}-${look}-full.png`, fullPage: true })
}
