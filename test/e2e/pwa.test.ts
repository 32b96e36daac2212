/** An app on the home screen: what the phone is told about it, what opens without a network, how it becomes a newer one, two windows, odd browsers. */
import { readdirSync } from 'node:fs'
import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { type Server, startServer } from '../support/server.ts'
import { bikeRide, gpxOf, record } from '../support/tracks.ts'
import { closesApp, syncTags, wakesWorker } from './background-sync.ts'
import { Person } from './person.ts'
import { FIRST_SCREENS, GUEST_SCREENS, SCREENS } from './screens.ts'
import { outbox } from './stored.ts'
import { type TwoBuilds, twoBuilds } from './two-builds.ts'

const NEW_VERSION = '99.0.0'
const WECHAT =
  'Mozilla/5.0 (Linux; Android 14; 23127PN0CC) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/126.0.6478.188 Mobile Safari/537.36 XWEB/1260117 MMWEBSDK/20240501 MicroMessenger/8.0.50.2701(0x28003253) WeChat/arm64 Weixin NetType/WIFI Language/zh_CN ABI/arm64'

interface Picture {
  readonly src: string
  readonly sizes: string
  readonly type: string
  readonly purpose?: string
  readonly form_factor?: string
}
interface Manifest {
  readonly start_url: string
  readonly icons: readonly Picture[]
  readonly screenshots: readonly Picture[]
  readonly shortcuts: readonly { name: string; url: string; icons: readonly Picture[] }[]
}

let server: Server
let person: Person

beforeAll(async () => {
  server = await startServer()
  person = await Person.with(server.url, { isWhole: true })
  await person.choosesCity('潍坊')
})
afterAll(async () => {
  await person?.end()
  await server?.end()
})

describe('what the phone is told', () => {
  let manifest: Manifest

  beforeAll(async () => {
    manifest = (await (await fetch(`${server.url}/manifest.webmanifest`)).json()) as Manifest
  })

  it('the browser finds no fault in the manifest and would install the app', async () => {
    const browser = await person.page.context().newCDPSession(person.page)
    const { errors, url } = await browser.send('Page.getAppManifest')
    expect(url).toBe(`${server.url}/manifest.webmanifest`)
    expect(errors).toEqual([])
    const { installabilityErrors } = await browser.send('Page.getInstallabilityErrors')
    expect(installabilityErrors).toEqual([])
  })

  it('each icon and each picture of the app exists and is as large as it says', async () => {
    const pictures = [
      ...manifest.icons,
      ...manifest.screenshots,
      ...manifest.shortcuts.flatMap(({ icons }) => icons),
    ]
    for (const { src, sizes, type } of pictures) {
      const response = await fetch(server.url + src)
      expect(`${src} ${response.status} ${response.headers.get('content-type')}`).toBe(`${src} 200 ${type}`)
      if (type !== 'image/png') continue
      const png = Buffer.from(await response.arrayBuffer())
      expect(`${src} ${png.readUInt32BE(16)}x${png.readUInt32BE(20)}`).toBe(`${src} ${sizes}`)
    }
    for (const purpose of ['any', 'maskable'])
      for (const sizes of ['192x192', '512x512'])
        expect(manifest.icons).toContainEqual(expect.objectContaining({ purpose, sizes }))
    expect(manifest.screenshots.map(({ form_factor }) => form_factor)).toEqual(
      expect.arrayContaining(['narrow', 'wide']),
    )
  })

  it('each shortcut and the start lead to a page of the app', async () => {
    for (const url of [manifest.start_url, ...manifest.shortcuts.map((shortcut) => shortcut.url)]) {
      await person.goto(url)
      await person.page.locator('main h1').first().waitFor({ state: 'attached' })
      expect(await person.page.getByRole('heading', { name: '没有这个页面' }).count()).toBe(0)
    }
  })
})

describe('after one visit to home', () => {
  it('every built file is on the phone', async () => {
    const stored = await person.page.evaluate(async () => {
      const paths: string[] = []
      for (const name of await caches.keys())
        for (const request of await (await caches.open(name)).keys())
          paths.push(new URL(request.url).pathname)
      return paths
    })
    const built = readdirSync('dist/assets').map((name) => `/assets/${name}`)
    expect(built.length).toBeGreaterThan(50)
    expect([...built, '/index.html'].filter((path) => !stored.includes(path))).toEqual([])
  })

  it('every page opens without a network', async () => {
    await server.stop()
    await person.reopen('/')
    const paths = new Set([...FIRST_SCREENS, ...GUEST_SCREENS, ...SCREENS].map(({ path }) => path))
    const broken: string[] = []
    for (const path of paths) {
      await person.goto(path)
      const heading = person.page.locator('main h1').first()
      await heading.waitFor({ state: 'attached' })
      if ((await heading.textContent()) === '这个页面还没存到手机上') broken.push(path)
    }
    expect(broken).toEqual([])
    expect(person.errors).toEqual([])
  })

  it('what is recorded in one window shows in the other, at once and without a network', async () => {
    await person.goto('/ledger')
    const other = await person.page.context().newPage()
    other.setDefaultTimeout(60_000)
    await other.goto(`${server.url}/ledger`)
    await other.locator('main h1').first().waitFor()
    await markLoad(other)
    await person.logsTrip('骑行', '3.2')
    await other.locator('main a[href^="/ledger/"]').filter({ hasText: '骑行' }).waitFor()
    expect(await isSameLoad(other)).toBe(true)
    await other.close()
  })
})

describe('a track from elsewhere', () => {
  const gpx = gpxOf(record({ ...bikeRide, startAt: Date.now() - 26 * 3600_000 }))

  it('that another app shares is read once the person says yes, without a network too, and only once', async () => {
    await person.goto('/ledger')
    await person.page.evaluate(share, { name: '早上.gpx', text: gpx })
    await person.sees('要读别的应用分享来的“早上.gpx”')
    expect(new URL(person.page.url()).search).toBe('')
    expect(await person.page.getByText('来自 早上.gpx').count()).toBe(0)
    await person.page.getByRole('button', { name: '读这个文件' }).click()
    await person.sees('来自 早上.gpx')
    await person.sees('轨迹只留在这部手机上')
    expect(await person.page.evaluate(() => caches.has('shared-file'))).toBe(false)
  })

  it('that another site posts is gone after a no, and nothing of it was read', async () => {
    await person.page.evaluate(share, { name: '别人的.gpx', text: gpx })
    await person.page.getByRole('button', { name: '不要' }).click()
    await person.sees('导入轨迹文件')
    expect(await person.page.getByText('别人的.gpx').count()).toBe(0)
    expect(await person.page.evaluate(() => caches.has('shared-file'))).toBe(false)
  })

  it('that is no track is told in words', async () => {
    await person.page.evaluate(share, { name: 'photo.gpx', text: 'no track' })
    await person.page.getByRole('button', { name: '读这个文件' }).click()
    await person.sees('这不是轨迹文件')
    await person.goto('/log?import=shared')
    await person.sees('读不到这个文件')
  })

  it('that holds the way there and the way back gives two acts', async () => {
    const back = record({
      ...bikeRide,
      startAt: Date.now() - 18 * 3600_000,
      route: [...bikeRide.route].reverse(),
    })
    const both = gpx.replace('</trk>', `</trk>${/<trk>[\s\S]*<\/trk>/.exec(gpxOf(back))?.[0]}`)
    await person.goto('/log')
    await person.sees('来自 早上.gpx') // kept, as all that is half filled in
    await person.page.getByRole('button', { name: '不用这条轨迹' }).click()
    const before = (await outbox(person.page)).length
    await person.page
      .locator('main input[type=file]')
      .first()
      .setInputFiles({ name: '上下班.gpx', mimeType: 'application/gpx+xml', buffer: Buffer.from(both) })
    await person.sees('这个文件里有 2 段出行')
    await person.page.getByRole('button', { name: '记下选中的 2 段' }).click()
    await person.sees('记下了 2 段')
    expect((await outbox(person.page)).length).toBe(before + 2)
  })

  it('that is opened from the list of files is read', async () => {
    const page = await person.page.context().newPage()
    await page.addInitScript((text) => {
      // Only an installed app is handed a file by the browser: to who asks first, once.
      const launches = [{ files: [{ getFile: async () => new File([text], 'ride.gpx') }] }]
      const setConsumer = (consume: (given: object) => void) => launches.splice(0).forEach(consume)
      Object.defineProperty(window, 'launchQueue', { value: { setConsumer } })
    }, gpx)
    await page.goto(`${server.url}/log?import`)
    await page.getByText('来自 ride.gpx').first().waitFor()
    await page.getByRole('button', { name: '不用这条轨迹' }).click()
    await page.close()
  })
})

describe('with the app closed', () => {
  beforeAll(async () => {
    await server.stop() // in case that nothing before it has
    await server.start()
    await person.signsIn('13912345678')
    await person.untilSynced()
  })
  afterAll(() => person.end())

  it('the worker sends what was recorded without a network, once there is one', async ({
    skip,
    onTestFailed,
  }) => {
    onTestFailed(async () => {
      await server.stop()
      await server.start()
    })
    const { page } = person
    skip((await syncTags(page)) === undefined, 'this browser has no Background Sync')
    await server.stop()
    await person.logsTrip('公交', '6')
    await expect.poll(() => syncTags(page), { timeout: 20_000 }).toEqual(['greentrace-sync'])
    expect((await outbox(page)).map(({ state }) => state)).toEqual(['queued'])
    await closesApp(page)
    await server.start()
    await wakesWorker(page, server.url)
    await expect.poll(async () => (await outbox(page)).length, { timeout: 20_000 }).toBe(0)
  })
})

describe('where a ledger cannot be kept', () => {
  afterEach(() => person.end())

  it('WeChat’s browser says the way to the real one, and takes no record that cannot be sent', async () => {
    person = await Person.with(server.url, { userAgent: WECHAT })
    await person.choosesCity('潍坊')
    await person.sees('请换到手机浏览器里打开')
    await person.goto('/log?code=bike')
    await person.page.getByRole('textbox', { name: '里程' }).fill('3.2')
    await person.sees('微信里存不住记录')
  })

  it('plain http says so, and still works', async () => {
    person = await Person.with('http://greentrace.test')
    const { page } = person
    await page.route('http://greentrace.test/**', async (route) => {
      const url = route.request().url().replace('http://greentrace.test', server.url)
      const response = await fetch(url, { headers: { accept: route.request().headers().accept ?? '*/*' } })
      await route.fulfill({
        status: response.status,
        contentType: response.headers.get('content-type') ?? '',
        body: Buffer.from(await response.arrayBuffer()),
      })
    })
    await person.goto('/')
    expect(await page.evaluate(() => isSecureContext)).toBe(false)
    await page.getByRole('button', { name: /潍坊/ }).click()
    await person.sees('这个网址不安全，功能不完整')
    await person.logsTrip('骑行', '3.2')
    expect(person.errors).toEqual([])
  })
})

describe('a newer version', () => {
  let builds: TwoBuilds
  let other: Page
  let waiting: unknown

  beforeAll(async () => {
    builds = await twoBuilds(NEW_VERSION)
    await server.end()
    server = await startServer({}, builds.main)
    person = await Person.with(server.url)
    await person.choosesCity('潍坊')
    await person.logsTrip('骑行', '3.2')
    waiting = await outbox(person.page)
    await server.stop()
    builds.release()
    await server.start()
  })
  afterAll(() => builds?.end())

  it('is offered quietly: the page goes on as it was', async () => {
    await person.goto('/')
    await markLoad(person.page)
    await person.sees('新版本准备好了')
    await person.tab('账本')
    await person.page.locator('h1', { hasText: '账本' }).waitFor()
    expect(await isSameLoad(person.page)).toBe(true)
    await person.page.getByRole('button', { name: '以后再说' }).click()
    await person.goto('/me')
    await person.sees(/版本 (?!99)/)
  })

  it('comes on consent with one reload; what waits to be sent is untouched, and what is half filled is there again', async () => {
    other = await person.page.context().newPage()
    other.setDefaultTimeout(60_000)
    await other.goto(`${server.url}/`)
    await other.getByText('新版本准备好了').waitFor()

    await person.goto('/log?code=bike')
    const distance = person.page.getByRole('textbox', { name: '里程' })
    await distance.fill('4.5公里')
    await person.sees('填了一半的会留着')
    let loads = 0
    person.page.on('load', () => loads++)
    await markLoad(person.page)
    await person.page.getByRole('button', { name: '现在更新' }).click()
    await expect.poll(() => isSameLoad(person.page).catch(() => true)).toBe(false)
    await person.sees('按 4.5 公里记')
    expect(await distance.inputValue()).toBe('4.5公里')
    expect(loads).toBe(1)
    await person.goto('/me')
    await person.sees(`版本 ${NEW_VERSION}`)
    await person.goto('/ledger')
    await person.page.locator('main a[href^="/ledger/"]').filter({ hasText: '骑行' }).waitFor()
    expect(loads).toBe(3) // the one after consent, and the steps to 我的 and the ledger
    expect(await outbox(person.page)).toEqual(waiting)
    expect(await person.page.getByText('新版本准备好了').isVisible()).toBe(false)
  })

  it('a window left open on the old version finds its way on, too', async () => {
    await other.getByRole('navigation').getByRole('link', { name: '城市' }).first().click()
    const failed = other.getByRole('heading', { name: '这个页面还没存到手机上' })
    const city = other.getByRole('heading', { name: '城市行动' })
    await failed.or(city).first().waitFor()
    if (await failed.isVisible()) await other.getByRole('button', { name: '再试' }).click()
    await city.waitFor()
    await other.close()
  })
})

/** Posts the form that the browser makes of a share. Runs in the page. */
function share({ name, text }: { name: string; text: string }): void {
  const form = document.createElement('form')
  Object.assign(form, { method: 'post', enctype: 'multipart/form-data', action: '/log?import' })
  const input = document.createElement('input')
  Object.assign(input, { type: 'file', name: 'track' })
  const given = new DataTransfer()
  given.items.add(new File([text], name, { type: 'application/gpx+xml' }))
  input.files = given.files
  form.append(input)
  document.body.append(form)
  form.submit()
}

/** A mark that a reload would wipe off. */
function markLoad(page: Page): Promise<void> {
  return page.evaluate(() => {
    ;(window as { isMarked?: boolean }).isMarked = true
  })
}

function isSameLoad(page: Page): Promise<boolean> {
  return page.evaluate(() => (window as { isMarked?: boolean }).isMarked === true)
}
