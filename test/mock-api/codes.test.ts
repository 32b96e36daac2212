/** Codes by SMS: a stranger who knows a number can neither lock its owner out nor plague the owner with messages. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { SECRET_HEADER, type SignInAnswer } from '../../src/contract/session.ts'
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../src/domain/base/time.ts'
import { type Backend, startBackend } from '../support/backend.ts'
import { call, freshPhone } from '../support/client.ts'
import { ENGINES } from '../support/database.ts'
import { uuidFrom } from '../support/ids.ts'

/** A browser with its cookies, somewhere in the world. */
class Browser {
  readonly #backend: Backend
  readonly #address: string
  readonly cookies = new Map<string, string>()
  answer: SignInAnswer | undefined

  constructor(backend: Backend, address: string) {
    this.#backend = backend
    this.#address = address
  }

  /** `isLost`: the answer never arrives, nor do its cookies. */
  async #post(path: string, body: unknown, { isLost = false } = {}): Promise<Response> {
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const headers: Record<string, string> = cookie ? { cookie } : {}
    const response = await call(this.#backend, { method: 'POST', path, body, headers }, this.#address)
    if (isLost) return response
    for (const line of response.headers.getSetCookie()) {
      const [pair = ''] = line.split(';')
      const at = pair.indexOf('=')
      this.cookies.set(pair.slice(0, at), pair.slice(at + 1))
    }
    return response
  }

  ask(phone: string): Promise<Response> {
    return this.#post('/api/v1/sign-in/codes', { phone })
  }

  async present(phone: string, code: string, device?: { id: string; isLost?: boolean }): Promise<string> {
    const deviceId = device?.id ?? uuidFrom(this.#backend.random)
    const body = { phone, code, deviceId, deviceName: 'T', city: 'zibo', wire: 2 }
    const response = await this.#post('/api/v1/sign-in', body, device)
    const answer = (await response.json()) as { code: string } & SignInAnswer
    if (response.ok) this.answer = answer
    return response.ok ? 'in' : answer.code
  }

  /** Of what it was let in by last: whether that opens anything. */
  async asks(): Promise<number> {
    const { accountId, sessionSecret = '' } = this.answer ?? {}
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const headers = { cookie, [SECRET_HEADER]: sessionSecret }
    const path = `/api/v1/accounts/${accountId}/devices`
    return (await call(this.#backend, { method: 'GET', path, headers }, this.#address)).status
  }
}

describe.each(ENGINES)('codes on %s', (engine) => {
  let backend: Backend
  beforeAll(async () => {
    backend = await startBackend({ db: engine })
  })
  afterAll(() => backend.close())

  /** What the phone itself shows, the owner's hand around it. */
  const readSms = async (phone: string) => {
    const response = await call(backend, { method: 'GET', path: `/api/v1/demo/sms?phone=${phone}` })
    return ((await response.json()) as { code: string }).code
  }
  const owner = () => new Browser(backend, '203.0.113.10')
  const stranger = (last = 20) => new Browser(backend, `198.51.100.${last}`)
  const notThis = (code: string) => (code === '000000' ? '000001' : '000000')
  const signedInOnce = async (phone: string) => {
    const browser = owner()
    expect((await browser.ask(phone)).status).toBe(200)
    expect(await browser.present(phone, await readSms(phone))).toBe('in')
    backend.now.advance(2 * DAY_MS)
    return browser
  }

  it('go to a number three times an hour for strangers, wherever they are, and say when again', async () => {
    const phone = freshPhone()
    const statuses: number[] = []
    for (let i = 0; i < 5; i++) {
      const asked = await stranger(i).ask(phone)
      statuses.push(asked.status)
      if (i === 4) expect(Number(asked.headers.get('retry-after'))).toBe(56 * 60)
      backend.now.advance(MINUTE_MS)
    }
    expect(statuses).toEqual([200, 200, 200, 429, 429])
  })

  it('go to a number eight times a day for strangers, and once a minute', async () => {
    const phone = freshPhone()
    expect((await stranger().ask(phone)).status).toBe(200)
    const soon = await stranger().ask(phone)
    expect([soon.status, soon.headers.get('retry-after')]).toEqual([429, '60'])
    let sent = 1
    for (let hour = 0; hour < 20; hour++)
      for (let i = 0; i < 3; i++) {
        backend.now.advance(HOUR_MS / 3 + 1)
        if ((await stranger(hour).ask(phone)).ok) sent++
      }
    expect(sent).toBe(8)
  })

  it('are kept apart for a browser that has signed in with the number: a stranger cannot lock it out', async () => {
    const phone = freshPhone()
    const browser = await signedInOnce(phone)
    for (let i = 0; i < 6; i++) {
      await stranger(i).ask(phone)
      backend.now.advance(MINUTE_MS)
    }
    expect((await stranger().ask(phone)).status).toBe(429)
    expect((await browser.ask(phone)).status).toBe(200)
    expect(await browser.present(phone, await readSms(phone))).toBe('in')
  })

  it('are five an hour and fifteen a day even there', async () => {
    const phone = freshPhone()
    const browser = await signedInOnce(phone)
    let sent = 0
    for (let minute = 0; minute < 10; minute++) {
      if ((await browser.ask(phone)).ok) sent++
      backend.now.advance(MINUTE_MS)
    }
    expect(sent).toBe(5)
    for (let i = 0; i < 100; i++) {
      backend.now.advance(12 * MINUTE_MS)
      if ((await browser.ask(phone)).ok) sent++
    }
    expect(sent).toBe(15)
  })

  it('are not used up by a stranger’s wrong guesses, nor replaced by a stranger’s own', async () => {
    const phone = freshPhone()
    // A browser that nobody knows yet: the owner's first sign-in.
    const browser = owner()
    await browser.ask(phone)
    const code = await readSms(phone)
    const guesses = []
    for (let i = 0; i < 12; i++) guesses.push(await stranger().present(phone, notThis(code)))
    expect(guesses.slice(0, 5)).toEqual(Array.from({ length: 5 }, () => 'code_wrong'))
    expect(guesses.slice(5)).toEqual(Array.from({ length: 7 }, () => 'code_expired'))
    backend.now.advance(MINUTE_MS)
    const other = stranger(2)
    expect((await other.ask(phone)).status).toBe(200)
    for (let i = 0; i < 6; i++) await other.present(phone, notThis(await readSms(phone)))
    expect(await browser.present(phone, code)).toBe('in')
  })

  it('that a known browser asked for cannot be guessed at from elsewhere at all', async () => {
    const phone = freshPhone()
    const browser = await signedInOnce(phone)
    await browser.ask(phone)
    const code = await readSms(phone)
    expect(await stranger().present(phone, code)).toBe('code_expired')
    expect(await browser.present(phone, code)).toBe('in')
  })

  it('of the asker are guessed at five times', async () => {
    const phone = freshPhone()
    const browser = owner()
    await browser.ask(phone)
    const code = await readSms(phone)
    for (let i = 0; i < 5; i++) expect(await browser.present(phone, notThis(code))).toBe('code_wrong')
    expect(await browser.present(phone, code)).toBe('code_expired')
  })

  it('know a browser by a proof for its own number only, which opens nothing else', async () => {
    const mine = freshPhone()
    const browser = await signedInOnce(mine)
    const proof = browser.cookies.get('gt-known') ?? ''
    expect(proof).toMatch(/^[\w-]{38}$/)
    const text = JSON.stringify([...(await backend.snapshot())])
    expect(text).not.toContain(proof.slice(0, 16))
    const others = freshPhone()
    const thief = stranger()
    thief.cookies.set('gt-known', proof)
    for (let i = 0; i < 3; i++) {
      expect((await thief.ask(others)).status).toBe(200)
      backend.now.advance(MINUTE_MS)
    }
    expect((await thief.ask(others)).status).toBe(429)
    thief.cookies.set('gt-known', `${proof.slice(0, 37)}${proof.endsWith('A') ? 'B' : 'A'}`)
    for (let i = 0; i < 4; i++) {
      await thief.ask(mine)
      backend.now.advance(MINUTE_MS)
    }
    expect((await thief.ask(mine)).status).toBe(429)
    const nonsense = stranger()
    for (const value of ['.', '%ff', 'x'.repeat(3000), `${proof}.${proof}x`]) {
      nonsense.cookies.set('gt-known', value)
      expect((await nonsense.ask(freshPhone())).status).toBe(200)
    }
  })

  it('remember several numbers of a family’s tablet', async () => {
    const tablet = owner()
    const phones = [freshPhone(), freshPhone(), freshPhone()]
    for (const phone of phones) {
      await tablet.ask(phone)
      expect(await tablet.present(phone, await readSms(phone))).toBe('in')
    }
    backend.now.advance(2 * HOUR_MS)
    for (const phone of phones) {
      for (let i = 0; i < 4; i++) {
        await stranger(i).ask(phone)
        backend.now.advance(MINUTE_MS)
      }
      expect((await tablet.ask(phone)).status).toBe(200)
    }
  })

  describe('whose answer is lost', () => {
    const device = () => ({ id: uuidFrom(backend.random), isLost: true })
    const living = async (browser: Browser) => {
      const rows = await backend.db.query(
        'select 1 from sessions /* all sessions */ where account_id = $1 and revoked_at is null',
        [browser.answer?.accountId ?? ''],
      )
      return rows.length
    }

    it.each([
      ['all of it', true, false],
      ['all but its cookies', false, false],
      ['all of it, of a browser that is known', true, true],
      ['all but its cookies, of a browser that is known', false, true],
    ])('open again for the same device: %s', async (_, isLost, isKnown) => {
      const phone = freshPhone()
      const browser = isKnown ? await signedInOnce(phone) : owner()
      await browser.ask(phone)
      const code = await readSms(phone)
      const { id } = device()
      const before = isKnown ? await living(browser) : 0
      for (let times = 0; times < 3; times++)
        expect(await browser.present(phone, code, { id, isLost })).toBe('in')
      expect(await browser.present(phone, code, { id })).toBe('in')
      expect(browser.answer?.isNew).toBe(!isKnown)
      expect(await living(browser)).toBe(before + 1)
      expect(await browser.asks()).toBe(200)
    })

    it('open nothing more once the session was asked with, or was ended, or after five minutes', async () => {
      for (const ends of ['asked', 'signed out', 'late'] as const) {
        const phone = freshPhone()
        const browser = owner()
        await browser.ask(phone)
        const code = await readSms(phone)
        const { id } = device()
        expect(await browser.present(phone, code, { id })).toBe('in')
        if (ends === 'asked') expect(await browser.asks()).toBe(200)
        else if (ends === 'late') backend.now.advance(5 * MINUTE_MS)
        else
          await call(backend, {
            method: 'POST',
            path: `/api/v1/accounts/${browser.answer?.accountId}/sign-out`,
            headers: { cookie: [...browser.cookies].map(([name, value]) => `${name}=${value}`).join('; ') },
          })
        expect(await browser.present(phone, code, { id }), ends).toBe('code_expired')
        if (ends === 'asked') expect(await browser.asks()).toBe(200)
      }
    })

    it('open nothing for another device, nor for somebody who says to be that one', async () => {
      const phone = freshPhone()
      const browser = owner()
      await browser.ask(phone)
      const code = await readSms(phone)
      const { id } = device()
      expect(await browser.present(phone, code, { id, isLost: true })).toBe('in')
      expect(await browser.present(phone, code)).toBe('code_expired')
      expect(await stranger().present(phone, code, { id })).toBe('code_expired')
      expect(await browser.present(phone, code, { id })).toBe('in')
      expect(await browser.asks()).toBe(200)
    })

    it('make way for the next code that the same browser asks for', async () => {
      const phone = freshPhone()
      const browser = owner()
      const { id } = device()
      for (let times = 0; times < 3; times++) {
        await browser.ask(phone)
        expect(await browser.present(phone, await readSms(phone), { id })).toBe('in')
        expect(await browser.asks()).toBe(200)
        backend.now.advance(MINUTE_MS)
      }
    })

    it('are guessed at no more often than before', async () => {
      const phone = freshPhone()
      const browser = owner()
      await browser.ask(phone)
      const code = await readSms(phone)
      const own = device()
      expect(await browser.present(phone, code, own)).toBe('in')
      for (let i = 0; i < 4; i++) expect(await browser.present(phone, notThis(code), own)).toBe('code_wrong')
      expect(await browser.present(phone, code, own)).toBe('code_expired')
    })

    it('open one session, whichever of two requests at the same moment is answered', async () => {
      const phone = freshPhone()
      const browser = owner()
      await browser.ask(phone)
      const code = await readSms(phone)
      const own = { id: device().id }
      const both = await Promise.all([browser.present(phone, code, own), browser.present(phone, code, own)])
      expect(both).toEqual(['in', 'in'])
      expect(await living(browser)).toBe(1)
      expect(await browser.asks()).toBe(200)
    })
  })
})
