import { startServer } from './support/server.ts'
import { Person } from './e2e/person.ts'
import { bikeRide, record } from './support/tracks.ts'
const server = await startServer()
const person = await Person.with(server.url, { permissions: ['geolocation'], geolocation: { latitude: 36.70681, longitude: 119.10112, accuracy: 8 } })
const { page } = person
const shot = (name: string) => page.screenshot({ path: `/tmp/recorder-shots/${name}.png`, fullPage: true })
try {
  await page.clock.install({ time: new Date('2026-12-02T08:00:00+08:00') })
  await person.choosesCity('潍坊')
  await person.goto('/log/trip')
  await page.getByRole('button', { name: '开始记录' }).waitFor()
  await shot('1-start')
  await page.getByRole('button', { name: '开始记录' }).click()
  await page.getByText('暂停').first().waitFor()
  const points = record(bikeRide)
  const context = page.context()
  const startAt = await page.evaluate(() => Date.now())
  let now = startAt
  let n = 0
  for (const p of points.filter((_, i) => i % 5 === 0)) {
    const at = startAt + (p.at - points[0]!.at)
    if (at > now) { await page.clock.runFor(at - now); now = at }
    await context.setGeolocation({ latitude: p.lat, longitude: p.lon, accuracy: 8 })
    await page.waitForTimeout(15)
    if (++n === 60) { await shot('2-live'); console.info(await page.locator('main').innerText()) }
    if (n === 100) { await page.reload(); await page.getByText('暂停').first().waitFor(); now = await page.evaluate(() => Date.now()) }
    if (n === 110) { await person.goto('/'); await page.waitForTimeout(1000); await page.clock.runFor(3000); await page.getByText('正在记录行程').waitFor(); await shot('3-home') ; await page.getByText('正在记录行程').click()}
  }
  console.info(n)
  await shot('4-live-end')
  await page.getByRole('button', { name: '放口袋' }).click()
  await page.waitForTimeout(300)
  await page.mouse.click(100, 100)
  await page.screenshot({ path: `/tmp/recorder-shots/5-pocket.png` })
  await page.getByRole('button', { name: '亮屏' }).click()
  await page.getByRole('button', { name: '结束' }).click()
  await page.getByText('会发出去什么').waitFor({ timeout: 10000 })
  await page.waitForTimeout(500)
  console.info(await page.locator('main').innerText())
  await shot('6-after')
  await page.getByText('会发出去什么').click()
  await page.waitForTimeout(500)
  await page.screenshot({ path: `/tmp/recorder-shots/7-sent.png` })
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: /记下 \d/ }).click()
  await page.getByText('这次行程已记下').waitFor({ timeout: 10000 })
  await shot('8-done')
  await person.goto('/ledger')
  await page.waitForTimeout(1500)
  await page.clock.runFor(2000)
  await shot('9-ledger')
} catch (e) { console.error(e); console.info(await page.locator('body').innerText()); await shot('error') }
console.info(person.errors)
await person.end(); await server.end(); process.exit(0)
