/** The desk's day in a browser: an offer that a clerk writes and another approves, both without a mouse, and that people then see; an appeal from the queue to the inbox. */
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { newProfile, type Profile } from '../support/browser.ts'
import { freshPhone } from '../support/client.ts'
import { type Server, startServer } from '../support/server.ts'
import { axeFindings } from './axe.ts'
import { pressOn, tabTo } from './keyboard.ts'
import { Person } from './person.ts'

let server: Server
let person: Person
const profiles: Profile[] = []

beforeAll(async () => {
  server = await startServer()
  person = await Person.with(server.url)
})
afterAll(async () => {
  for (const profile of profiles) await profile.end()
  await person?.end()
  await server?.end()
})

/** As a sample person of the demo. */
async function atDesk(name: string): Promise<Page> {
  const profile = await newProfile()
  profiles.push(profile)
  const { page } = await profile.open({ viewport: { width: 1280, height: 900 } })
  await page.goto(`${server.url}/ops`)
  await page.getByRole('button', { name }).waitFor()
  await pressOn(page, new RegExp(name))
  await page.getByRole('heading', { name: '今天等着的' }).waitFor()
  return page
}

it('a clerk publishes an offer with four eyes by keyboard only, and people see it', async () => {
  const clerk = await atDesk('示例管理员')
  await pressOn(clerk, /^兑换$/)
  await clerk.getByRole('heading', { name: '兑换', level: 1 }).waitFor()
  await pressOn(clerk, /^新建兑换$/)
  await clerk.getByRole('heading', { name: '新建兑换' }).waitFor()
  const type = async (field: RegExp, words: string) => {
    await tabTo(clerk, field)
    await clerk.keyboard.type(words)
  }
  await type(/^编号$/, 'keyboard-offer')
  await type(/^名称（中文）$/, '单键修车一次')
  await type(/^名称（英文）$/, 'One bicycle repair')
  await type(/^使用规则（中文）$/, '到店出示。')
  await type(/^使用规则（英文）$/, 'Show it at the counter.')
  await type(/^商户编号$/, 'sample-bike')
  await tabTo(clerk, /^济南$/)
  await clerk.keyboard.press('Space')
  await type(/^积分价$/, '25000')
  await type(/^付给商户/, '25')
  await type(/^份数$/, '0')
  await type(/^预算/, '250')
  await pressOn(clerk, /^发布$/)
  // No stock: said at its field, which has the focus, and everything else stays.
  await clerk.getByText('最少填 1').first().waitFor()
  expect(await axeFindings(clerk)).toEqual([])
  await clerk.keyboard.press('ControlOrMeta+A')
  await clerk.keyboard.type('10')
  await pressOn(clerk, /^发布$/)
  await clerk.getByText('已提交，等另一个人批准').waitFor()

  const approver = await atDesk('示例复核员')
  await pressOn(approver, /^待复核$/)
  await approver.getByRole('gridcell', { name: '发布兑换' }).waitFor()
  await pressOn(approver, /^发布兑换/)
  await approver.getByText('单键修车一次').first().waitFor()
  await pressOn(approver, /^通过$/)
  await approver.getByText('已生效').waitFor()

  await person.choosesCity('济南')
  await person.goto('/rewards')
  await person.sees('单键修车一次')
})

it('an appeal goes from the queue to the citizen’s inbox', async () => {
  const { page } = person
  await person.signsIn(freshPhone())
  await person.logsTrip('骑行', '0.2') // below what counts
  await person.untilSynced()
  await person.goto('/ledger')
  await page.locator('main a[href^="/ledger/"]').first().click()
  await page.getByRole('button', { name: '申请复核' }).click()
  await page.getByRole('textbox', { name: '你想说的话' }).fill('手机没电了，其实骑了两公里')
  await page.getByRole('button', { name: '提交' }).click()
  await person.sees('已申请复核')
  await person.untilSynced()

  const reviewer = await atDesk('示例复核员')
  await pressOn(reviewer, /^复核与申诉$/)
  await reviewer.getByRole('gridcell', { name: '申诉', exact: true }).waitFor()
  await pressOn(reviewer, /^申诉/)
  await reviewer.getByText('手机没电了，其实骑了两公里').waitFor()
  expect(await axeFindings(reviewer)).toEqual([])
  await tabTo(reviewer, /^给市民的话/)
  await reviewer.keyboard.type('看过轨迹，算数')
  await pressOn(reviewer, /^整件算数$/)
  await reviewer.getByText('已答复 1 条').waitFor()

  await person.untilSynced()
  await person.goto('/news')
  await page
    .getByRole('link', { name: /复核(申请)?有结果了/ })
    .first()
    .waitFor()
  expect(person.errors).toEqual([])
})
