/** The desk in a real browser: the first administrator and a second person by passkeys of their own, a proposal that one makes and the other approves by keyboard. */
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { newProfile, type Profile } from '../support/browser.ts'
import { type Server, startServer } from '../support/server.ts'
import { axeFindings } from './axe.ts'
import { pressOn } from './keyboard.ts'

const OPS_TOKEN = 'only for this journey'
const WIDE = { width: 1280, height: 800 }
const NARROW = { width: 768, height: 1024 }

let server: Server
let url: string
const profiles: Profile[] = []

beforeAll(async () => {
  server = await startServer({ OPS_TOKEN })
  // Passkeys are for names, not for addresses.
  url = server.url.replace('127.0.0.1', 'localhost')
})
afterAll(async () => {
  for (const profile of profiles) await profile.end()
  await server?.end()
})

/** A browser with a security key in it, whose owner is always there. */
async function atDesk(path: string): Promise<Page> {
  const profile = await newProfile()
  profiles.push(profile)
  const { context, page } = await profile.open({ viewport: WIDE })
  const cdp = await context.newCDPSession(page)
  await cdp.send('WebAuthn.enable')
  await cdp.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      ...{ protocol: 'ctap2', transport: 'internal', hasResidentKey: true, hasUserVerification: true },
      ...{ isUserVerified: true, automaticPresenceSimulation: true },
    },
  })
  await page.goto(`${url}${path}`)
  return page
}

async function invite(page: Page, name: string, roles: readonly string[]): Promise<void> {
  await page.getByRole('link', { name: '人员和角色' }).click()
  await page.getByRole('textbox', { name: '姓名' }).fill(name)
  for (const role of roles) await page.getByLabel(role, { exact: true }).selectOption('all')
  await page.getByRole('button', { name: '做一个邀请链接' }).click()
}

it('two people run the desk: what one proposes the other approves by keyboard, and the journal of it checks', async () => {
  const first = await atDesk('/ops')
  await first.getByRole('textbox', { name: 'OPS_TOKEN' }).fill(OPS_TOKEN)
  await first.getByRole('textbox', { name: '姓名' }).fill('张敏')
  await first.getByRole('button', { name: '添加通行密钥并登记' }).click()
  await first.getByRole('heading', { name: '存好这十个恢复码' }).waitFor()
  expect(await first.locator('ol code').count()).toBe(10)
  await first.getByRole('button', { name: '我存好了，进入工作台' }).click()

  await invite(first, '李四', ['复核', '审计'])
  const link = (await first.locator('code', { hasText: '/ops/enrol#' }).textContent()) ?? ''
  const second = await atDesk(new URL(link).pathname + new URL(link).hash)
  await second.getByRole('button', { name: '添加通行密钥并登记' }).click()
  await second.getByRole('button', { name: '我存好了，进入工作台' }).click()
  await second.getByRole('heading', { name: '今天等着的', level: 1 }).waitFor()
  expect(second.url()).not.toContain('#')

  // A role over others: from now on another has to agree.
  await invite(first, '王五', ['管理'])
  await first.getByText('另一个人在“待复核”里通过后').waitFor()
  for (const viewport of [WIDE, NARROW]) {
    await first.setViewportSize(viewport)
    expect(await axeFindings(first)).toEqual([])
  }

  await second.reload()
  await second.getByRole('link', { name: '待复核' }).click()
  await second.getByRole('gridcell', { name: '邀请新成员' }).waitFor()
  await pressOn(second, /^邀请新成员/)
  await second.getByRole('heading', { name: '邀请新成员' }).waitFor()
  expect(await axeFindings(second)).toEqual([])
  await pressOn(second, /^通过$/)
  await second.getByText('已生效').waitFor()

  await second.getByRole('link', { name: '工作日志' }).click()
  await second.getByRole('button', { name: '核对整本日志' }).click()
  await second.getByText(/核对过了：\d+ 条/).waitFor()
  await second.getByRole('gridcell', { name: '复核通过' }).waitFor()

  await first.reload()
  await first.getByText('王五').waitFor()
  await first.getByRole('button', { name: '退出' }).click()
  await first.getByRole('button', { name: '用通行密钥登录' }).click()
  await first.getByText('张敏').first().waitFor()
})
