/** Somebody elsewhere who logs for the person of these phones: invited, ended and invited again, over the same rough network. */
import { revokeHelper } from '../../src/actions/invite-helper.ts'
import type { ActivityId } from '../../src/domain/base/ids.ts'
import { DAY_MS, type Instant } from '../../src/domain/base/time.ts'
import type { HelperId } from '../../src/domain/ledger/helping.ts'
import { openBody, openDetail } from '../../src/domain/ledger/open-record.ts'
import type { RecordBody, RecordDetail } from '../../src/domain/ledger/record.ts'
import { HelpingPhone, inviteBy } from '../support/helping-phone.ts'
import type { Phone } from '../support/phone.ts'
import type { Random } from '../support/random.ts'
import { readLedger } from '../support/whole-ledger.ts'
import { BrokenInvariant } from './checks.ts'
import { someAct, type Tab } from './tabs.ts'
import { isProblem, type Room, type World } from './world.ts'

const PAGE_MS_MAX = 60 * DAY_MS

export class Helping implements Room {
  readonly often = 30
  readonly dice: Random
  readonly #world: World
  readonly #tabs: readonly Tab[]
  readonly #phone: HelpingPhone
  readonly #elsewhere: Phone
  #openedAt: Instant
  /** Ids that the helper's phone promised to keep. */
  readonly #promised = new Set<string>()
  readonly #answered = new Set<string>()

  private constructor(world: World, given: { dice: Random; tabs: readonly Tab[] }, elsewhere: Phone) {
    this.#world = world
    this.dice = given.dice
    this.#tabs = given.tabs
    this.#elsewhere = elsewhere
    this.#phone = new HelpingPhone(elsewhere)
    this.#openedAt = world.backend.now()
  }

  static async move(world: World, given: { dice: Random; tabs: readonly Tab[] }): Promise<Helping> {
    return new Helping(world, given, await world.newPhone().open())
  }

  async befall(): Promise<void> {
    await this.#openAgain()
    const [person] = await this.#phone.helped.people.toArray()
    if (!person || person.end) return this.#join()
    const { accountId } = person
    const dice = this.dice.below(100)
    if (dice < 45) {
      this.#promised.add(await this.#phone.log(accountId, this.#someAct()))
    } else if (dice < 55) await this.#changeMind(accountId)
    else if (dice < 90) await this.#send()
    else await this.#end(this.dice.pick(this.#tabs))
  }

  /** No page runs for years, and none says so: its request would be refused. */
  async #openAgain(): Promise<void> {
    const now = this.#world.backend.now()
    if (now - this.#openedAt < PAGE_MS_MAX) return
    await this.#elsewhere.reopen()
    this.#openedAt = now
  }

  /** A file is nothing that a helper has. */
  #someAct() {
    for (;;) {
      const act = someAct(this.#world.backend.now(), this.dice)
      if (act.evidence.trust === 'manual') return act
    }
  }

  /** Whoever was let log before is ended first: there is one helper here. */
  async #join(): Promise<void> {
    const tab = this.dice.pick(this.#tabs)
    await this.#end(tab)
    await this.#world.calmly(async () => {
      const { code } = await inviteBy(tab.phone, '女儿')
      await this.#phone.join(code, '妈妈')
    })
    this.#world.counts.joined++
  }

  async #end({ phone, promised }: Tab): Promise<void> {
    const { helpers = {} } = await readLedger(phone.use().db)
    for (const id of Object.keys(helpers)) await revokeHelper(phone.use().context, id as HelperId)
    const asked = (await phone.use().db.outbox.toArray()).filter(({ text }) =>
      text.includes('"helper.revoke"'),
    )
    for (const { id } of asked) promised.add(id)
    this.#world.counts.helpersEnded += asked.length
  }

  async #changeMind(accountId: string): Promise<void> {
    const ids = [...this.#promised]
    if (ids.length === 0) return
    const id = this.dice.pick(ids) as ActivityId
    if ((await this.#phone.takeBack(accountId, id)) === 'forgotten') this.#promised.delete(id)
  }

  async #send(againSince?: number): Promise<void> {
    await this.#phone.send(againSince).catch((error: unknown) => {
      if (!isProblem(error)) throw error
    })
    const acts = await this.#phone.acts()
    for (const { id, state, n } of acts) {
      if (state === 'answered' && !this.#answered.has(id)) this.#world.counts.helped++
      if (state === 'answered') this.#answered.add(id)
      if (this.#world.sabotage === 'forget what is not taken' && state === 'queued')
        await this.#phone.helped.acts.delete(n)
    }
  }

  /** What was logged for somebody is on the phone that did it, sent or not, taken or not. */
  async check(): Promise<void> {
    const held = new Set((await this.#phone.acts()).map(({ id }) => id as string))
    for (const id of this.#promised)
      if (!held.has(id))
        throw new BrokenInvariant(`${id}, logged for somebody, is gone from the phone that did`)
  }

  async heal(): Promise<void> {
    await this.#openAgain()
    await this.#send(0)
  }

  /** Each record of a helper is of one who was let log right then, of a kind that helpers send, and was asked for here. */
  async verify(): Promise<void> {
    const accountId = this.#tabs[0]?.phone.profile.ledgerId ?? ''
    const rows = await this.#world.backend.db.query<{ body: string; detail: string | null }>(
      'select body, detail from records where account_id = $1 order by seq',
      [accountId],
    )
    const allowed = new Set<string>()
    const acts = await this.#phone.acts()
    const asked = new Set(acts.map(({ id }) => id))
    const posted = new Set<string>()
    for (const row of rows) {
      const [body, detail] = [openBody(row.body), openDetail(row.detail ?? undefined)]
      if (body.outcome !== 'refused' && body.kind === 'helper.invite') allowed.add(body.id)
      if (body.outcome !== 'refused' && body.kind === 'helper.revoke') allowed.delete(detail?.about ?? '')
      checkHelped(body, detail, { allowed, asked })
      posted.add(body.id)
    }
    const [person] = await this.#phone.helped.people.toArray()
    if (!person || person.end) return
    for (const { id } of acts)
      if (!posted.has(id)) throw new BrokenInvariant(`${id}, logged for somebody, never arrived`)
  }

  close(): void {
    this.#phone.close()
    this.#elsewhere.close()
  }
}

function checkHelped(
  body: RecordBody,
  detail: RecordDetail | undefined,
  { allowed, asked }: { allowed: ReadonlySet<string>; asked: ReadonlySet<string> },
): void {
  const helper = detail?.by?.helper
  // An owner's phone that brings back without proof what a restored backup had lost asks in its own name.
  if (!helper) return
  if (!asked.has(body.id)) throw new BrokenInvariant(`nobody elsewhere has asked for ${body.id}`)
  if (!['activity.record', 'activity.withdraw'].includes(body.kind))
    throw new BrokenInvariant(`a helper has asked for ${body.kind}`)
  // What a restored backup had lost is posted again as of its own time.
  if (!allowed.has(helper.id) && detail?.provenAt === undefined)
    throw new BrokenInvariant(`${body.id} was logged by somebody who may not`)
}
