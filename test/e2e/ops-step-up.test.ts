/**
 * The passkey's word once more, in a real browser: an act that wants it asks when its time has passed, goes on with the same form once it is given,
 * and loses nothing where it is not. The backend's clock is put on by the test.
 */
import type { CDPSession, Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { newProfile, type Profile } from '../support/browser.ts'
import { type Server, startServer } from '../support/server.ts'

const OPS_TOKEN = 'only for this journey'
const MINUTES = 6
/** Loaded before the backend: with each signal its clock is six minutes later, one more than a word of the passkey is good for. */
const LATER_BY_SIGNAL = `data:text/javascript,${encodeURIComponent(
  `const real=Date.now;let later=0;Date.now=()=>real()+later;process.on('SIGUSR2',()=>{later+=${MINUTES * 60_000}})`,
)}`

let server: Server
let profile: Profile
let page: Page
let cdp: CDPSession
let authenticatorId: string
/** What was sent and what came of it, in order. */
const sent: string[] = []

beforeAll(async () => {
  server = await startServer({ OPS_TOKEN, NODE_OPTIONS: `--import=${LATER_BY_SIGNAL}` })
  profile = await newProfile()
  const opened = await profile.open({ viewport: { width: 1280, height: 900 } })
  page = opened.page
  cdp = await opened.context.newCDPSession(page)
  await cdp.send('WebAuthn.enable')
  const added = await cdp.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      ...{ protocol: 'ctap2', transport: 'internal', hasResidentKey: true, hasUserVerification: true },
      ...{ isUserVerified: true, automaticPresenceSimulation: true },
    },
  })
  authenticatorId = added.authenticatorId
  page.on('response', (response) => {
    const request = response.request()
    const { pathname } = new URL(response.url())
    if (request.method() !== 'GET')
      sent.push(`${request.method()} ${pathname.replace('/api/v1/ops', '')} ${response.status()}`)
  })
  // Passkeys are for names, not for addresses.
  await page.goto(`${server.url.replace('127.0.0.1', 'localhost')}/ops`)
  await page.getByRole('textbox', { name: 'OPS_TOKEN' }).fill(OPS_TOKEN)
  await page.getByRole('textbox', { name: '姓名' }).fill('张敏')
  await page.getByRole('button', { name: '添加通行密钥并登记' }).click()
  await page.getByRole('button', { name: '我存好了，进入工作台' }).click()
  await page.getByRole('link', { name: '人员和角色' }).click()
})
afterAll(async () => {
  await profile?.end()
  await server?.end()
})
beforeEach(async () => {
  await later()
  sent.length = 0
})

/** Until the backend has heard the signal: it then says that the word is too old. */
async function later(): Promise<void> {
  const until = () =>
    page.evaluate(async () => {
      const response = await fetch('/api/v1/ops/session')
      const { now, stepUpUntil = 0 } = (await response.json()) as { now: number; stepUpUntil?: number }
      return now < stepUpUntil
    })
  process.kill(server.pid, 'SIGUSR2')
  await expect.poll(until).toBe(false)
}

const verify = (isUserVerified: boolean) =>
  cdp.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified })
const dialog = () => page.getByRole('dialog', { name: '再确认一次是你' })
const name = () => page.getByRole('textbox', { name: '姓名' })
const invite = () => page.getByRole('button', { name: '做一个邀请链接' })

async function fill(person: string): Promise<void> {
  await name().fill(person)
  await page.getByLabel('复核', { exact: true }).selectOption('zibo')
}

it('is asked for when its time has passed, and then the same request goes on by itself', async () => {
  await fill('李四')
  await invite().click()
  await dialog().waitFor()
  expect(sent).toEqual(['POST /people 403'])
  await dialog().getByRole('button', { name: '用通行密钥确认' }).click()
  await page.locator('code', { hasText: '/ops/enrol#' }).waitFor()
  expect(sent).toEqual([
    'POST /people 403',
    'POST /session/step-up/options 200',
    'POST /session/step-up 200',
    'POST /people 200',
  ])
  expect(await name().inputValue()).toBe('')
  // For some minutes it holds.
  await fill('王五')
  await invite().click()
  await expect.poll(() => sent.at(-1)).toBe('POST /people 200')
  expect(await dialog().isVisible()).toBe(false)
})

it('is refused by Escape or by a finger that is not theirs, and nothing that was typed is lost', async () => {
  await fill('赵六')
  await invite().click()
  await dialog().waitFor()
  await page.keyboard.press('Escape')
  await page.getByText('这一步要用通行密钥').waitFor()
  expect([await name().inputValue(), sent]).toEqual(['赵六', ['POST /people 403']])

  await verify(false)
  await invite().click()
  await dialog().getByRole('button', { name: '用通行密钥确认' }).click()
  await dialog().getByRole('alert').waitFor()
  // The form is the same one, and the way is still open.
  await verify(true)
  await dialog().getByRole('button', { name: '用通行密钥确认' }).click()
  await expect.poll(() => sent.at(-1)).toBe('POST /people 200')
  expect(sent.filter((each) => each === 'POST /people 200')).toHaveLength(1)
  await page.getByText('赵六').first().waitFor()
})

it('what was typed is there again after the session was ended elsewhere and the same person came back', async () => {
  await fill('钱七')
  // All sessions of theirs end, as by somebody who takes a passkey away.
  await page.evaluate(() =>
    fetch('/api/v1/ops/session', { method: 'DELETE', headers: { 'idempotency-key': crypto.randomUUID() } }),
  )
  await invite().click()
  await page.getByRole('button', { name: '用通行密钥登录' }).click()
  await page.getByRole('heading', { name: '人员和角色' }).first().waitFor()
  expect([await name().inputValue(), await page.getByLabel('复核', { exact: true }).inputValue()]).toEqual([
    '钱七',
    'zibo',
  ])
  await invite().click()
  await expect.poll(() => sent.at(-1)).toBe('POST /people 200')
})

it('signing out asks while something is not sent', async () => {
  await fill('孙八')
  await page.getByRole('button', { name: '退出', exact: true }).click()
  await page.getByText('还有没送出的内容').waitFor()
  await page.getByRole('button', { name: '留下' }).click()
  expect(await name().inputValue()).toBe('孙八')
  await page.getByRole('button', { name: '退出', exact: true }).click()
  await page.getByRole('button', { name: '退出并丢掉' }).click()
  await page.getByRole('button', { name: '用通行密钥登录' }).click()
  await page.getByRole('heading', { name: '今天等着的' }).waitFor()
  await page.getByRole('link', { name: '人员和角色' }).click()
  expect(await name().inputValue()).toBe('')
})
