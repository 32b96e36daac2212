/** Where half filled forms lie: by ledger, written at once, gone with it, and in memory where the browser refuses to keep anything. */
import { afterEach, describe, expect, it, vi } from 'vitest'

// A shelf of its own: what it remembers where it may not write, it remembers for the whole process.
vi.resetModules()
const { dropDrafts, moveDrafts, NO_LEDGER, readDraft, SIGN_IN_FORM, sweepDrafts, writeDraft } = await import(
  '../../src/db/draft-shelf.ts'
)

function browser(refuses = () => false) {
  const kept = new Map<string, string>()
  const storage = {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem(key: string, text: string) {
      if (refuses()) throw new Error('QuotaExceededError')
      kept.set(key, text)
    },
    removeItem: (key: string) => kept.delete(key),
  }
  // A storage has its keys as its own properties.
  const ownKeys = () => [...kept.keys()]
  const getOwnPropertyDescriptor = () => ({ enumerable: true, configurable: true })
  return { kept, storage: new Proxy(storage, { ownKeys, getOwnPropertyDescriptor }) }
}
function stub(refuses?: () => boolean) {
  const [local, session] = [browser(refuses), browser()]
  vi.stubGlobal('localStorage', local.storage)
  vi.stubGlobal('sessionStorage', session.storage)
  return { local: local.kept, session: session.kept }
}
afterEach(() => vi.unstubAllGlobals())

describe('the shelf of drafts', () => {
  it('keeps each form of each ledger apart, and forgets what was sent', () => {
    stub()
    expect(writeDraft('a', 'log', { km: 3 })).toBe(true)
    writeDraft('a', 'goal', { kg: 9 })
    writeDraft('b', 'log', { km: 5 })
    writeDraft('a', 'goal', undefined)
    expect([readDraft('a', 'log'), readDraft('a', 'goal'), readDraft('b', 'log')]).toEqual([
      { km: 3 },
      undefined,
      { km: 5 },
    ])
  })

  it('writes nothing of a ledger once it was left, not even what a page still holds of it', () => {
    const { local } = stub()
    writeDraft('c', 'log', { km: 3 })
    dropDrafts('c')
    writeDraft('c', 'log', { km: 3 })
    expect([...local.keys()]).toEqual([])
    expect(readDraft('c', 'log')).toBeUndefined()
    writeDraft('c', 'log', { km: 4 }) // signed in once more
    expect(readDraft('c', 'log')).toEqual({ km: 4 })
  })

  it('takes a guest’s forms into the account, but not the number that somebody signed in by', () => {
    const { local } = stub()
    writeDraft('guest', 'log', { km: 3 })
    writeDraft('guest', SIGN_IN_FORM, { phone: '138' })
    writeDraft('account', 'goal', { kg: 9 })
    moveDrafts('guest', 'account')
    expect([readDraft('account', 'log'), readDraft('account', 'goal')]).toEqual([{ km: 3 }, { kg: 9 }])
    expect([...local.entries()].join()).not.toContain('138')
    expect([...local.keys()]).toEqual(['gt-drafts:account'])
  })

  it('holds nothing of ledgers that are not on the phone, and leaves all else alone', () => {
    const { local } = stub()
    writeDraft('mine', 'log', { km: 3 })
    writeDraft('gone', 'log', { km: 5 })
    local.set('gt-city', 'weifang')
    sweepDrafts(['mine'])
    expect([...local.keys()]).toEqual(['gt-drafts:mine', 'gt-city'])
  })

  it('lets what was typed before there was a ledger end with the tab', () => {
    const { local, session } = stub()
    writeDraft(NO_LEDGER, SIGN_IN_FORM, { phone: '138' })
    expect([local.size, session.size]).toEqual([0, 1])
    dropDrafts(NO_LEDGER)
    expect(session.size).toBe(0)
  })

  it('says so where it can only remember, goes on remembering, and writes all of it once it can', () => {
    let isFull = true
    const { local } = stub(() => isFull)
    expect(writeDraft('d', 'log', { km: 3 })).toBe(false)
    expect(readDraft('d', 'log')).toEqual({ km: 3 })
    isFull = false
    expect(writeDraft('d', 'goal', { kg: 9 })).toBe(true)
    expect(JSON.parse(local.get('gt-drafts:d') ?? '')).toEqual({ log: { km: 3 }, goal: { kg: 9 } })
  })

  it('takes nothing for a draft that is none', () => {
    const { local } = stub()
    local.set('gt-drafts:e', 'no JSON')
    local.set('gt-drafts:f', '7')
    expect([readDraft('e', 'log'), readDraft('f', 'log')]).toEqual([undefined, undefined])
  })
})
