/** A guest's backup file, a restored backend and two accounts: whatever is in the file earns once. */
import { expect, it } from 'vitest'
import { audit } from '../../mock-api/book/audit.ts'
import { answerQuestion } from '../../src/actions/answer-question.ts'
import { recordActivity } from '../../src/actions/record-activity.ts'
import { readBackup, restoreBackup } from '../../src/actions/restore-backup.ts'
import { exported, usePhones } from '../actions/phones.ts'
import { claim } from '../support/builders.ts'
import { freshPhone } from '../support/client.ts'
import type { Phone } from '../support/phone.ts'
import { copyOfDevice, journalOfBackend } from '../support/same-ledger.ts'
import { points } from './life.ts'

const phones = usePhones()
const once = (code: string) => claim({ code, quantity: { value: 1, unit: 'count' } })

async function readInto(phone: Phone, file: string): Promise<void> {
  const read = await readBackup(file)
  if ('fault' in read) throw new Error(read.fault)
  await restoreBackup(phone.use().db, phone.profile.ledgerId, read.backup)
  await phone.sync()
}

/** A guest's bag and answer, written to a file, adopted by an account, which then does one thing more. */
async function guestWhoSignedIn(number: string): Promise<{ phone: Phone; file: string; own: string }> {
  const phone = await phones.open()
  await recordActivity(phone.context, once('own-bag'))
  await answerQuestion(phone.context, {
    questionId: [...phones.backend.deps.questionIds][0] ?? '',
    choice: 0,
  })
  const file = await exported(phone)
  await phone.signIn(number)
  const own = await recordActivity(phone.context, once('no-cutlery'))
  await phone.sync()
  return { phone, file, own }
}

const expectWhole = async (phone: Phone) => {
  expect((await copyOfDevice(phone.use().db)).journal).toEqual(
    await journalOfBackend(phones.backend, phone.profile.ledgerId),
  )
  expect(await phone.db.outbox.count()).toBe(0)
  expect(await audit(phones.backend.db)).not.toHaveProperty('fault')
}

it('read into another account before the first phone has proven its records, it earns there, and not in both', async () => {
  const { backend } = phones
  const backup = await backend.snapshot()
  const number = freshPhone()
  const { phone, file, own } = await guestWhoSignedIn(number)
  const before = (await points(phone)).available
  await backend.restoreAsSaid(backup)
  const other = await phones.signedIn()
  await readInto(other, file)
  const there = (await points(other)).available
  expect(there).toBeGreaterThan(0)
  await phone.use().signIn(number)
  await phone.sync()
  expect((await points(phone)).available).toBe(before - there)
  const rows = await phone.db.journal.orderBy('seq').toArray()
  const outcomes = rows.map(({ body }) => (JSON.parse(body) as { outcome: string }).outcome)
  expect(outcomes.filter((outcome) => outcome === 'accepted')).toHaveLength(1)
  expect((await phone.db.entries.where('id').equals(own).first())?.outcome).toBe('accepted')
  await expectWhole(phone)
  await expectWhole(other)
})

it('read into another account after the proof, it earns nothing more', async () => {
  const { backend } = phones
  const backup = await backend.snapshot()
  const number = freshPhone()
  const { phone, file } = await guestWhoSignedIn(number)
  const before = await copyOfDevice(phone.db)
  await backend.restoreAsSaid(backup)
  await phone.signIn(number)
  await phone.sync()
  expect(await copyOfDevice(phone.use().db)).toEqual(before)
  const other = await phones.signedIn()
  await readInto(other, file)
  expect((await points(other)).available).toBe(0)
  await expectWhole(other)
})

it('what a phone asks for again without a proof earns once as well', async () => {
  const { backend } = phones
  const number = freshPhone()
  const keeper = await phones.signedIn(number)
  await keeper.sync()
  const backup = await backend.snapshot()
  const { phone, file } = await guestWhoSignedIn(number)
  const before = (await points(phone)).available
  await backend.restoreAsSaid(backup)
  const other = await phones.signedIn()
  await readInto(other, file)
  const there = (await points(other)).available
  // As a phone of before proofs does: it puts what it holds back into its outbox.
  await phone.use().db.journal.toCollection().modify({ salt: '' })
  await phone.signIn(number)
  await phone.sync()
  expect((await points(phone)).available).toBe(before - there)
  await expectWhole(phone)
})
