/** A ledger as a file, and back: every command once, or a word of what is wrong with the file and nothing written. */
import { describe, expect, it } from 'vitest'
import { sha256Hex } from '../../mock-api/base/hash.ts'
import { exportLedger, type LedgerExport } from '../../src/actions/export-ledger.ts'
import { nominateCase } from '../../src/actions/nominate-case.ts'
import { recordActivity } from '../../src/actions/record-activity.ts'
import { readBackup, restoreBackup } from '../../src/actions/restore-backup.ts'
import { reviveLedger } from '../../src/actions/revive-ledger.ts'
import { undoActivity } from '../../src/actions/undo-activity.ts'
import { storePage } from '../../src/db/journal.ts'
import { readKeepsakes } from '../../src/db/keepsakes.ts'
import { readMeta, writeMeta } from '../../src/db/meta.ts'
import { balanceOf } from '../../src/domain/ledger/transfer.ts'
import { groupOfCode } from '../../src/domain/methodology/which-pack.ts'
import { canonicalJson } from '../../src/proof/canonical.ts'
import { type Cursor, chainHash, GENESIS_HASH, START } from '../../src/proof/chain.ts'
import { bigJournal } from '../support/big-journal.ts'
import { ACCOUNT, claim, NOON, trackedRide } from '../support/builders.ts'
import { freshPhone } from '../support/client.ts'
import type { Phone } from '../support/phone.ts'
import { copyOfDevice, expectRebuildEqual, journalOfBackend } from '../support/same-ledger.ts'
import { readLedger } from '../support/whole-ledger.ts'
import { exported, outboxIds, usePhones } from './phones.ts'

const HOUR = 3600_000
const JPEG = new Uint8Array([0xff, 0xd8, 0xff, 7])
const BASE64 = Buffer.from(JPEG).toString('base64')
const PHOTO = { digest: sha256Hex(JPEG), type: 'image/jpeg', bytes: JPEG.length, base64: BASE64 } as const
const WORDS = { city: 'weifang', title: '菜园', text: '屋顶种了菜' } as const
/** Of a page under which the storage was cleared after all had been sent. */
const NO_MEMORY = { outbox: [], goalGrams: undefined, favourites: [], sessionSecret: undefined }
const phones = usePhones()
const bag = claim({ code: 'own-bag', quantity: { value: 1, unit: 'count' } })

async function restoreOn(phone: Phone, text: string): Promise<number | string> {
  phone.use()
  const read = await readBackup(text)
  return 'fault' in read ? read.fault : restoreBackup(phone.db, phone.profile.ledgerId, read.backup)
}

const available = async (phone: Phone) =>
  balanceOf((await readLedger(phone.db)).balances, 'points', 'available')

/** A phone with three posted acts and two that wait. */
async function livedPhone(number: string): Promise<Phone> {
  const phone = await phones.signedIn(number)
  await recordActivity(phone.context, trackedRide(NOON - 5 * HOUR))
  const mistake = await recordActivity(phone.context, bag)
  await phone.sync()
  await undoActivity(phone.context, mistake)
  await phone.sync()
  await recordActivity(phone.context, claim({ note: '5 路 "末班" 😀\u2028' }))
  await recordActivity(phone.context, claim({ code: 'clean-plate', quantity: { value: 1, unit: 'count' } }))
  return phone
}

describe('export, wipe, restore', () => {
  it('brings a guest’s acts back once, in order, with their very texts', async () => {
    const lost = await phones.open()
    for (let i = 0; i < 5; i++) await recordActivity(lost.context, claim({ startedAt: NOON - i * HOUR }))
    const texts = (await lost.db.outbox.toArray()).map((row) => row.text)
    const file = await exported(lost)
    const fresh = await phones.open()
    expect(await restoreOn(fresh, file)).toBe(5)
    expect((await fresh.db.outbox.orderBy('n').toArray()).map((row) => row.text)).toEqual(texts)
    expect(await restoreOn(fresh, file)).toBe(0)
    expect(await fresh.db.outbox.count()).toBe(5)
  })

  it('brings an account’s commands back once, whether it syncs before or after', async () => {
    for (const isSyncedFirst of [true, false]) {
      const number = freshPhone()
      const lost = await livedPhone(number)
      const ids = [...(await outboxIds(lost))]
      const file = await exported(lost)
      const fresh = await phones.signedIn(number)
      if (isSyncedFirst) await fresh.sync()
      expect(await restoreOn(fresh, file)).toBe(isSyncedFirst ? 2 : 5)
      expect(await fresh.sync()).toEqual({ state: 'done' })
      expect(await fresh.db.outbox.count()).toBe(0)
      const journal = await fresh.db.journal.orderBy('seq').toArray()
      expect(journal.map((row) => row.id).slice(-2)).toEqual(ids)
      expect(new Set(journal.map((row) => row.id)).size).toBe(journal.length)
      expect((await copyOfDevice(fresh.db)).journal).toEqual(
        await journalOfBackend(phones.backend, fresh.profile.ledgerId),
      )
      await lost.sync() // the lost phone turns up again: nothing is doubled
      expect(await available(lost)).toBe(await available(fresh))
      await expectRebuildEqual(fresh.db)
    }
  })

  it('brings back what the backend itself has forgotten', async () => {
    const number = freshPhone()
    const lost = await phones.signedIn(number)
    const backup = await phones.backend.snapshot()
    const id = await recordActivity(lost.context, trackedRide(NOON - 5 * HOUR))
    await lost.sync()
    const points = await available(lost)
    const file = await exported(lost)
    await phones.backend.restore(backup)
    const fresh = await phones.signedIn(number)
    await fresh.sync()
    expect(await restoreOn(fresh, file)).toBe(1)
    await fresh.sync()
    expect(await available(fresh)).toBe(points)
    expect(await fresh.db.journal.where('id').equals(id).count()).toBe(1)
  })

  it('brings the photo of a nomination along, and sends what the backend lacks of it', async () => {
    const lost = await phones.open()
    const id = await nominateCase(lost.context, WORDS, PHOTO)
    const file = await exported(lost)
    const fresh = await phones.signedIn(freshPhone())
    expect(await restoreOn(fresh, file)).toBe(1)
    await fresh.sync()
    expect(await fresh.db.photos.get(id)).toMatchObject({ state: 'sent', base64: BASE64 })
    const rows = await phones.backend.db.query('select photo from voices where account_id = $1', [
      fresh.profile.ledgerId,
    ])
    expect(rows).toEqual([{ photo: BASE64 }])
  })

  it('brings the photo along also where only the backend has the nomination, as after a cleared storage', async () => {
    const number = freshPhone()
    const sender = await phones.signedIn(number)
    const id = await nominateCase(sender.context, WORDS, PHOTO)
    const memory = { ...NO_MEMORY, keepsakes: await readKeepsakes(sender.db) }
    await sender.sync()
    const cleared = await phones.signedIn(number)
    await reviveLedger(cleared.use().db, memory)
    const file = await exported(cleared)
    const fresh = await phones.signedIn(number)
    expect(await restoreOn(fresh, file)).toBe(0)
    await fresh.sync()
    expect(await fresh.db.photos.get(id)).toMatchObject({ state: 'sent', base64: BASE64 })
  })

  it('holds a command once that was posted while the file was being written', async () => {
    const number = freshPhone()
    const phone = await livedPhone(number)
    let file = ''
    for await (const piece of exportLedger(phone.db, phone.profile, { now: NOON })) {
      if (file === '') await phone.sync()
      file += piece
    }
    const fresh = await phones.signedIn(number)
    expect(await restoreOn(fresh, file)).toBe(5)
    expect(new Set(await outboxIds(fresh)).size).toBe(5)
    expect(await fresh.sync()).toEqual({ state: 'done' })
    expect(await available(fresh)).toBe(await available(phone))
  })

  it('an act that came back from a file is taken back by a command: it may have been posted long ago', async () => {
    const number = freshPhone()
    const lost = await phones.signedIn(number)
    const id = await recordActivity(lost.context, trackedRide(NOON - 5 * HOUR))
    await lost.sync()
    const fresh = await phones.signedIn(number)
    await restoreOn(fresh, await exported(lost))
    expect(await undoActivity(fresh.context, id)).toBe('asked')
    await fresh.sync()
    expect(await available(fresh)).toBe(0)
  })

  it('brings the names of routes back, behind those that the phone has, and none that are no names', async () => {
    const [work, shop] = [
      { name: '家→单位', code: 'bus', quantity: { value: 2400, unit: 'metre' }, stops: 3 },
      { name: '家→超市', code: 'walk' },
    ] as const
    const lost = await phones.open()
    await writeMeta(lost.db, 'routes', [work, shop])
    const file = await exported(lost)
    const fresh = await phones.open()
    await writeMeta(fresh.db, 'routes', [{ ...work, name: '上班' }])
    expect(await restoreOn(fresh, file)).toBe(0)
    expect(await readMeta(fresh.db, 'routes')).toEqual([{ ...work, name: '上班' }, shop])
    const other = await phones.open()
    expect(await restoreOn(other, file.replace('家→超市', ' \\u202e'))).toBe(0)
    expect(await readMeta(other.db, 'routes')).toEqual([work])
  })

  it('names of routes come along into the account, and go nowhere else', async () => {
    const phone = await phones.open()
    await writeMeta(phone.db, 'routes', [{ name: '家→单位', code: 'bus' }])
    await phone.signIn(freshPhone())
    expect(await readMeta(phone.db, 'routes')).toEqual([{ name: '家→单位', code: 'bus' }])
  })

  it('a guest’s file fits an account too', async () => {
    const guest = await phones.open()
    await recordActivity(guest.context, trackedRide(NOON - 5 * HOUR))
    const phone = await phones.signedIn()
    expect(await restoreOn(phone, await exported(guest))).toBe(1)
    await phone.sync()
    expect(await available(phone)).toBe(356)
  })
})

describe('a file that is not right', () => {
  async function expectFault(phone: Phone, text: string, faults: readonly string[]): Promise<void> {
    expect(faults).toContain(await restoreOn(phone, text))
    expect(await phone.db.outbox.count()).toBe(0)
    expect(await phone.db.journal.count()).toBe(0)
  }

  it('broken off anywhere, is damaged', async () => {
    const file = (await exported(await livedPhone(freshPhone()))).trimEnd()
    const phone = await phones.open()
    for (let length = 40; length < file.length; length += 37)
      await expectFault(phone, file.slice(0, length), ['damaged'])
    await expectFault(phone, file.slice(0, -1), ['damaged'])
    await expectFault(phone, file.slice(0, 12), ['not_a_backup'])
  })

  it('kept as a text of a text is the same file, and damaged where that broke off', async () => {
    const guest = await phones.open()
    await recordActivity(guest.context, bag)
    const kept = JSON.stringify(await exported(guest))
    const read = await readBackup(kept)
    expect('backup' in read && read.backup.outbox).toHaveLength(1)
    await expectFault(await phones.open(), kept.slice(0, -9), ['damaged'])
    await expectFault(await phones.open(), JSON.stringify(kept), ['not_a_backup'])
  })

  it('a photo, a web page, a spreadsheet, or nothing at all is no backup', async () => {
    const phone = await phones.open()
    const photo = new Blob([new Uint8Array([0xff, 0xd8, 0xff, 0xe0, 0, 16, 74, 70, 73, 70, 0, 255, 254, 0])])
    const others = [
      await photo.text(),
      '',
      'null',
      '[]',
      '"greentrace"',
      '12',
      '{}',
      '{"format":"other-ledger","version":1}',
      '\ufeff时间,积分\r\n',
      '<!doctype html><title>x</title>',
      '['.repeat(200_000),
    ]
    for (const text of others) await expectFault(phone, text, ['not_a_backup'])
  })

  it('of another account is said to be so', async () => {
    const file = await exported(await livedPhone(freshPhone()))
    await expectFault(await phones.signedIn(), file, ['other_account'])
    await expectFault(await phones.open(), file, ['other_account'])
  })

  it('of a later version is said to be newer, whatever else it holds', async () => {
    const phone = await phones.signedIn()
    const good = JSON.parse(await exported(phone)) as Record<string, unknown>
    for (const change of [
      { version: 2 },
      { version: 17, kind: 'household', outbox: undefined },
      { version: 3, journal: { packed: 'H4sIAAAA' } },
      { version: '2' },
      { version: '2.0.1' },
      { version: 1.5 },
      { version: 'v2' },
      { version: { major: 2, minor: 0 } },
      { format: 'greentrace-ledger-packed' },
    ])
      await expectFault(phone, JSON.stringify({ ...good, ...change }), ['newer'])
    for (const version of [0, '1.0', 'new', null, { major: 1 }, 'v-2'])
      await expectFault(phone, JSON.stringify({ ...good, version }), ['damaged'])
    const guest = await phones.open()
    await recordActivity(guest.context, bag)
    const file = JSON.parse(await exported(guest)) as LedgerExport
    const [row] = file.outbox
    const text = row?.text.replace('activity.record', 'bicycle.lend') ?? ''
    await expectFault(phone, JSON.stringify({ ...file, outbox: [{ ...row, text }] }), ['newer'])
  })

  it('that says it is a guest’s and holds what only an account has is refused whole', async () => {
    const lived = JSON.parse(await exported(await livedPhone(freshPhone()))) as LedgerExport
    const guest = await phones.open()
    await recordActivity(guest.context, bag)
    const own = JSON.parse(await exported(guest)) as LedgerExport
    const asked = (kind: string, body: object) => {
      const text = canonicalJson({ id: ACCOUNT, kind, at: NOON, body })
      return { ...own, outbox: [...own.outbox, { id: ACCOUNT, text }] }
    }
    const fresh = await phones.open()
    for (const file of [
      { ...lived, kind: 'guest' },
      { ...own, journal: lived.journal },
      { ...own, head: lived.head },
      asked('voucher.redeem', { offerId: 'tree-share', offerVersion: 2, pricePoints: 55 }),
      asked('voucher.cancel', { voucherId: ACCOUNT }),
      asked('voucher.accept', { token: 'x', acceptedAt: NOON }),
      asked('activity.appeal', { activityId: ACCOUNT, note: '请再看' }),
    ])
      await expectFault(fresh, JSON.stringify(file), ['more_than_guest'])
    expect(await restoreOn(fresh, JSON.stringify(own))).toBe(1)
  })

  it('with the records or the signed head of somebody else is damaged', async () => {
    const number = freshPhone()
    const good = JSON.parse(await exported(await livedPhone(number))) as LedgerExport
    const other = JSON.parse(await exported(await livedPhone(freshPhone()))) as LedgerExport
    const phone = await phones.signedIn(number)
    for (const change of [{ journal: other.journal }, { head: other.head }, { head: 'no.head' }])
      await expectFault(phone, JSON.stringify({ ...good, ...change }), ['damaged'])
  })

  it('in which a command is not whole is damaged: no screen could decide it', async () => {
    const phone = await phones.open()
    const guest = await phones.open()
    await recordActivity(guest.context, bag)
    const own = JSON.parse(await exported(guest)) as LedgerExport
    const asked = (kind: string, body: object) => {
      const text = canonicalJson({ id: ACCOUNT, kind, at: NOON, body } as never)
      return JSON.stringify({ ...own, outbox: [{ id: ACCOUNT, text }, ...own.outbox] })
    }
    const whole = { code: 'bike', city: 'weifang', startedAt: NOON, evidence: { trust: 'manual' } }
    for (const body of [
      {},
      { ...whole, evidence: undefined },
      { ...whole, startedAt: 'yesterday' },
      { ...whole, startedAt: 9e15 },
      { ...whole, quantity: { unit: 'metre', value: -1 } },
      { ...whole, quantity: { unit: 'metre' } },
      { ...whole, quantity: 3 },
      [],
    ])
      await expectFault(phone, asked('activity.record', body), ['damaged'])
    await expectFault(phone, asked('quiz.answer', { choice: 'b', questionId: 'x' }), ['damaged'])
    // A member, a city, a length or a limit of another app's is no damage.
    for (const body of [
      { ...whole, mood: 'good' },
      { ...whole, note: '长'.repeat(9000) },
      { ...whole, code: 'metro', stops: 400 },
      { ...whole, quantity: { unit: 'metre', value: 2_000_000_000 } },
    ])
      expect(await readBackup(asked('activity.record', body))).toHaveProperty('backup')
    expect(await readBackup(`\ufeff${JSON.stringify(own)}`)).toHaveProperty('backup')
  })

  it('with members of the wrong kind is damaged', async () => {
    const phone = await phones.signedIn()
    const good = JSON.parse(await exported(phone)) as Record<string, unknown>
    for (const change of [
      { version: 'two' },
      { version: 0 },
      { kind: 'merchant' },
      { journal: null },
      { journal: [1] },
      { outbox: {} },
      { outbox: [{ id: 1, text: 'x' }] },
      { ledgerId: 7 },
      { goalGrams: '5' },
    ])
      await expectFault(phone, JSON.stringify({ ...good, ...change }), ['damaged'])
  })

  it('in which any word of any record was changed is damaged', async () => {
    const number = freshPhone()
    const file = await exported(await livedPhone(number))
    const phone = await phones.signedIn(number)
    const good = JSON.parse(file) as LedgerExport
    for (const [i, row] of good.journal.entries())
      for (const [key, value] of Object.entries(row)) {
        const changed =
          typeof value === 'number' ? value + 1 : String(value).replace(/[0-9a-f](?=[^0-9a-f]*$)/, '!')
        const journal = good.journal.with(i, { ...row, [key]: changed })
        await expectFault(phone, JSON.stringify({ ...good, journal }), ['damaged'])
      }
    const forged = good.journal.map(({ salt: _, ...row }) => ({ ...row, detail: `${row.detail} ` }))
    for (const journal of [
      forged,
      good.journal.slice(1),
      good.journal.toReversed(),
      [...good.journal, ...good.journal],
    ])
      await expectFault(phone, JSON.stringify({ ...good, journal }), ['damaged'])
  })

  it('in which a waiting command is no command, or goes by another id, is damaged', async () => {
    const number = freshPhone()
    const file = await exported(await livedPhone(number))
    const phone = await phones.signedIn(number)
    const good = JSON.parse(file) as LedgerExport
    const [first] = good.outbox
    if (!first) throw new Error('nothing waits')
    const other = { ...(JSON.parse(first.text) as object), id: ACCOUNT }
    for (const row of [
      { ...first, text: '{' },
      { ...first, text: 'null' },
      { ...first, text: '[]' },
      { ...first, text: `${first.text} ` },
      { ...first, text: canonicalJson(other) },
      { ...first, id: ACCOUNT },
    ])
      await expectFault(phone, JSON.stringify({ ...good, outbox: [row] }), ['damaged'])
  })

  it('in which a record chains but says nothing is damaged', async () => {
    const phone = await phones.signedIn()
    const good = JSON.parse(await exported(phone)) as LedgerExport
    for (const body of ['null', '{', '[]', '7', '{"seq":1}', '{"id":1,"seq":1}']) {
      const journal = [{ seq: 1, id: ACCOUNT, body, hash: await chainHash(GENESIS_HASH, body) }]
      await expectFault(phone, JSON.stringify({ ...good, journal }), ['damaged'])
    }
  })
})

describe('a ledger of 5,000 records', () => {
  it('leaves in pieces, tells how far it is, and holds every record and every command', async () => {
    const phone = await phones.open()
    const profile = { ...phone.profile, kind: 'account', ledgerId: ACCOUNT } as const
    let after: Cursor = START
    await bigJournal({
      count: 5000,
      now: NOON,
      accountId: ACCOUNT,
      async onPage({ links, records, ledger, head }) {
        const last = links.at(-1) ?? START
        const page = { after, links, records, ledger, receipts: [], head: { jws: head, at: NOON } }
        const rest = { lastSeq: 5000, hasMore: false, clockOffset: 0, now: NOON }
        await storePage(phone.db, { ...page, ...rest }, groupOfCode)
        after = { seq: last.seq, hash: last.hash }
      },
    })
    await recordActivity(phone.context, claim())
    await writeMeta(phone.db, 'goalGrams', 30_000)
    const told: [number, number][] = []
    const pieces: string[] = []
    const onProgress = (done: number, of: number) => {
      told.push([done, of])
      // What was told as done stands in the pieces that have left or leave next.
      expect(done).toBeGreaterThan(pieces.join('').split('\n').length - 2)
    }
    for await (const piece of exportLedger(phone.db, profile, { now: NOON, onProgress })) pieces.push(piece)
    expect(told.at(-1)).toEqual([5000, 5000])
    expect(told.length).toBeGreaterThan(2)
    expect(told.map(([done]) => done)).toEqual(told.map(([done]) => done).toSorted((a, b) => a - b))
    expect(pieces.length).toBeGreaterThan(told.length)
    const read = await readBackup(pieces.join(''))
    if ('fault' in read) throw new Error(read.fault)
    expect(read.backup).toMatchObject({ kind: 'account', goalGrams: 30_000, city: 'weifang' })
    expect(read.backup.journal).toEqual(await phone.db.journal.orderBy('seq').toArray())
    const commands = read.backup.journal.filter(({ body }) => body.includes('"command"'))
    const fresh = await phones.open()
    expect(await restoreBackup(fresh.db, ACCOUNT, read.backup)).toBe(commands.length + 1)
    expect(await fresh.db.outbox.count()).toBe(commands.length + 1)
  })
})
