/** Logging for somebody else from another phone: it waits without a network, arrives once, says by whom, and ends with the owner's word; nothing is lost. */
import { afterEach, describe, expect, it } from 'vitest'
import { revokeHelper } from '../../src/actions/invite-helper.ts'
import { undoActivity } from '../../src/actions/undo-activity.ts'
import { readFact } from '../../src/db/device.ts'
import type { ActivityId } from '../../src/domain/base/ids.ts'
import { DAY_MS } from '../../src/domain/base/time.ts'
import type { HelperId } from '../../src/domain/ledger/helping.ts'
import { openDetail } from '../../src/domain/ledger/open-record.ts'
import { loggedIn } from '../../src/stores/helped.ts'
import { claim } from '../support/builders.ts'
import { freshPhone } from '../support/client.ts'
import { HelpingPhone, inviteBy } from '../support/helping-phone.ts'
import type { Phone } from '../support/phone.ts'
import { usePhones } from './phones.ts'

const phones = usePhones()
let opened: HelpingPhone[] = []
afterEach(() => {
  for (const each of opened) each.close()
  opened = []
})

const plate = () => claim({ code: 'clean-plate', quantity: { value: 1, unit: 'count' } })

/** An owner, and somebody elsewhere who logs for them; `line.isDown` cuts that one's network. */
async function family() {
  const number = freshPhone()
  const owner = await phones.signedIn(number)
  const line = { isDown: false }
  const send = async (request: Request) => {
    if (line.isDown) throw new TypeError('no network')
    return phones.backend.fetch(request)
  }
  const elsewhere = await phones.open({ send })
  const helper = new HelpingPhone(elsewhere)
  opened.push(helper)
  const { id, code } = await inviteBy(owner, '女儿')
  const accountId = await helper.join(code, '奶奶')
  return { owner, number, helper, elsewhere, line, id, accountId }
}

const states = async (helper: HelpingPhone) =>
  (await helper.acts()).map(({ state, outcome }) => outcome ?? state)
const person = async (helper: HelpingPhone) => (await helper.helped.people.toArray())[0]

async function end(owner: Phone, id: HelperId): Promise<void> {
  await revokeHelper(owner.use().context, id)
  await owner.sync()
}

describe('an act for somebody else', () => {
  it('waits without a network, arrives with it, and the owner’s phone says by whom', async () => {
    const { owner, helper, line, accountId, id } = await family()
    line.isDown = true
    const act = await helper.log(accountId, plate())
    await expect(helper.send()).rejects.toMatchObject({ code: 'offline' })
    expect(await states(helper)).toEqual(['queued'])
    line.isDown = false
    await helper.send()
    expect(await states(helper)).toEqual(['accepted'])

    await owner.sync()
    const row = await owner.use().db.entries.where('id').equals(act).first()
    expect(row?.helper).toBe('女儿')
    const posted = await owner.db.journal.where('id').equals(act).first()
    expect(openDetail(posted?.detail)?.by).toEqual({ actor: 'helper', helper: { id, name: '女儿' } })
  })

  it('leaves nothing of the account on the phone that logs: no ledger, no record', async () => {
    const { helper, elsewhere, accountId } = await family()
    await helper.log(accountId, plate())
    await helper.send()
    expect((await elsewhere.use().device.profiles.toArray()).map(({ kind }) => kind)).toEqual(['guest'])
    const names = (await elsewhere.storage.factory.databases()).map(({ name }) => name ?? '')
    expect(names.filter((name) => name.includes(accountId))).toEqual([])
    expect(Object.keys((await person(helper)) ?? {}).sort()).toEqual(
      ['accountId', 'city', 'heardAt', 'joinedAt', 'name', 'secret'].sort(),
    )
    expect(await readFact(elsewhere.device, 'helps')).toBe(true)
  })

  it('whose answer is lost is sent again and is one', async () => {
    const owner = await phones.signedIn()
    let isLost = false
    const send = async (request: Request) => {
      const answer = await phones.backend.fetch(request)
      if (isLost) throw new TypeError('the answer is lost')
      return answer
    }
    const helper = new HelpingPhone(await phones.open({ send }))
    opened.push(helper)
    const accountId = await helper.join((await inviteBy(owner, '女儿')).code, '奶奶')
    await helper.log(accountId, plate())
    isLost = true
    await expect(helper.send()).rejects.toMatchObject({ code: 'offline' })
    isLost = false
    await helper.send()
    expect(await states(helper)).toEqual(['accepted'])
    await owner.sync()
    const plates = (await owner.use().db.entries.toArray()).filter(({ code }) => code === 'clean-plate')
    expect(plates).toHaveLength(1)
  })

  it('goes in parts, in the order of making', async () => {
    const { owner, helper, accountId } = await family()
    const ids: string[] = []
    for (let i = 0; i < 45; i++) ids.push(await helper.log(accountId, plate()))
    await helper.send()
    expect((await states(helper)).includes('queued')).toBe(false)
    await owner.sync()
    const rows = await owner.use().db.entries.orderBy('seq').toArray()
    expect(rows.filter(({ code }) => code === 'clean-plate').map(({ id }) => id)).toEqual(ids)
  })

  it('is taken back without a trace before it was sent, and by a command after', async () => {
    const { owner, helper, accountId } = await family()
    const unsent = await helper.log(accountId, plate())
    expect(await helper.takeBack(accountId, unsent as string as ActivityId)).toBe('forgotten')
    const sent = await helper.log(accountId, plate())
    await helper.send()
    expect(await helper.takeBack(accountId, sent as string as ActivityId)).toBe('asked')
    await helper.send()
    expect(loggedIn(await helper.acts())).toMatchObject([{ id: sent, withdrawal: 'answered' }])
    await owner.sync()
    const row = await owner.use().db.entries.where('id').equals(sent).first()
    expect(row?.later).toBe('withdrawn')
  })

  it('of which the owner has taken one back tells that it cannot be taken back again', async () => {
    const { owner, helper, accountId } = await family()
    const act = (await helper.log(accountId, plate())) as string as ActivityId
    await helper.send()
    await owner.sync()
    await undoActivity(owner.use().context, act)
    await owner.sync()
    await helper.takeBack(accountId, act)
    await helper.send()
    expect(loggedIn(await helper.acts())).toMatchObject([{ id: act, withdrawal: 'refused' }])
  })
})

describe('a backend that was restored from yesterday', () => {
  it('is told again by the next page what it had taken in and lost; what it knows stays one', async () => {
    const { owner, helper, accountId } = await family()
    await helper.log(accountId, plate())
    await helper.send()
    const backup = await phones.backend.snapshot()
    const lost = await helper.log(accountId, plate())
    await helper.send()
    await phones.backend.restoreAsSaid(backup)
    await helper.send(phones.backend.now() - DAY_MS)
    expect(await states(helper)).toEqual(['accepted', 'accepted'])
    await owner.sync()
    const plates = (await owner.use().db.entries.orderBy('seq').toArray()).filter(
      ({ code }) => code === 'clean-plate',
    )
    expect(plates).toHaveLength(2)
    expect(plates.at(-1)?.id).toBe(lost)
  })
})

describe('asking once more, as each page does that opens', () => {
  const DAY_AGO = () => phones.backend.now() - DAY_MS

  it('without a network leaves what was counted as it is; what waits waits', async () => {
    const { helper, line, accountId } = await family()
    await helper.log(accountId, plate())
    await helper.send()
    line.isDown = true
    await helper.log(accountId, plate())
    await expect(helper.send(DAY_AGO())).rejects.toMatchObject({ code: 'offline' })
    expect((await helper.acts()).map(({ state }) => state)).toEqual(['answered', 'queued'])
  })

  it('of who has ended it leaves what was counted before', async () => {
    const { owner, helper, id, accountId } = await family()
    await helper.log(accountId, plate())
    await helper.send()
    await end(owner, id)
    await helper.log(accountId, plate())
    await helper.send(DAY_AGO())
    expect((await person(helper))?.end).toBe('revoked')
    expect((await helper.acts()).map(({ state }) => state)).toEqual(['answered', 'queued'])
  })

  it('goes through more than one exchange takes, once', async () => {
    const { helper, accountId } = await family()
    for (let i = 0; i < 45; i++) await helper.log(accountId, plate())
    await helper.send()
    await helper.log(accountId, plate())
    await helper.send(DAY_AGO())
    expect(new Set((await helper.acts()).map(({ state }) => state))).toEqual(new Set(['answered']))
  })

  it('sends what the backend could not read when it was asked last', async () => {
    const { helper, accountId } = await family()
    const act = await helper.log(accountId, plate())
    await helper.helped.acts.where('id').equals(act).modify({ state: 'deferred' })
    await helper.send()
    expect(await states(helper)).toEqual(['deferred'])
    await helper.send(DAY_AGO())
    expect(await states(helper)).toEqual(['accepted'])
  })
})

describe('the end of it', () => {
  it('by the owner’s word is told; what was not sent stays on the phone and goes nowhere', async () => {
    const { owner, helper, line, id, accountId } = await family()
    line.isDown = true
    await helper.log(accountId, plate())
    await end(owner, id)
    line.isDown = false
    await helper.send()
    expect((await person(helper))?.end).toBe('revoked')
    expect(await states(helper)).toEqual(['queued'])
    await owner.sync()
    expect((await owner.use().db.entries.toArray()).some(({ code }) => code === 'clean-plate')).toBe(false)
  })

  it('of the session after a long time is told as such; a new invitation sends what had waited', async () => {
    const { owner, number, helper, id, accountId } = await family()
    phones.backend.now.advance(91 * DAY_MS)
    await phones.backend.sweep()
    await helper.log(
      accountId,
      claim({ code: 'clean-plate', startedAt: phones.backend.now(), quantity: { value: 1, unit: 'count' } }),
    )
    await helper.send()
    expect((await person(helper))?.end).toBe('over')
    await owner.signIn(number)
    await end(owner, id)
    await helper.join((await inviteBy(owner, '女儿')).code, '奶奶')
    await helper.send()
    expect((await person(helper))?.end).toBeUndefined()
    expect(await states(helper)).toEqual(['accepted'])
  })
})
