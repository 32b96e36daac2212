/**
 * Providers that report rides: late, twice, corrected, while the same ride waits in a phone's outbox; people who link them and unlink them in
 * between. What is reported stands in one journal, once, never without a consent, and of one ride at most one record counts.
 */

import type { Deps } from '../../mock-api/base/deps.ts'
import { changeAccount } from '../../mock-api/book/append.ts'
import { correctionId, draftCorrection, draftReport } from '../../mock-api/book/draft-report.ts'
import { BookError } from '../../mock-api/book/errors.ts'
import { draft, type Writing } from '../../mock-api/book/writing.ts'
import { readKnown } from '../../mock-api/storage/records.ts'
import { lookUp } from '../../mock-api/storage/state.ts'
import { endConsent } from '../../src/actions/end-consent.ts'
import { giveConsent } from '../../src/actions/give-consent.ts'
import { recordActivity } from '../../src/actions/record-activity.ts'
import type { AccountId, ActivityId } from '../../src/domain/base/ids.ts'
import { HOUR_MS, MINUTE_MS } from '../../src/domain/base/time.ts'
import type { Correction, Report } from '../../src/domain/evidence/report.ts'
import { decideReport, needsOfReport } from '../../src/domain/kinds/report-decision.ts'
import type { ConsentId } from '../../src/domain/ledger/consent.ts'
import { toldOf } from '../../src/domain/ledger/decision.ts'
import { copyOf } from '../../src/domain/ledger/ledger.ts'
import { packInForce } from '../../src/domain/methodology/which-pack.ts'
import { claimId, reportId } from '../../src/proof/act-ids.ts'
import { claim } from '../support/builders.ts'
import type { Random } from '../support/random.ts'
import { checkReports } from './report-checks.ts'
import type { Tab } from './tabs.ts'
import type { Room, World } from './world.ts'

const PROVIDERS = ['bike', 'bus-card'] as const

type Message = { readonly id: string; readonly account: AccountId } & (
  | { readonly report: Report }
  | { readonly correction: Correction }
)

export class Providers implements Room {
  readonly often = 40
  readonly dice: Random
  readonly #world: World
  readonly #tabs: readonly Tab[]
  /** What each provider was told of: whom it may report by which consent. */
  readonly #links: { readonly id: ConsentId; readonly provider: string; readonly account: AccountId }[] = []
  /** All that was ever reported: any of it may come again. */
  readonly #sent: Message[] = []
  #made = 0

  constructor(world: World, given: { dice: Random; tabs: readonly Tab[] }) {
    this.#world = world
    this.#tabs = given.tabs
    this.dice = given.dice
  }

  async befall(): Promise<void> {
    const what = this.dice.below(20)
    if (what < 4) await this.#link()
    else if (what < 5) await this.#unlink()
    else if (what < 12) await this.#ride()
    else if (what < 14) await this.#correct()
    else await this.#deliver()
  }

  async #link(): Promise<void> {
    const tab = this.dice.pick(this.#tabs)
    const provider = this.dice.pick(PROVIDERS)
    const context = tab.phone.use().context
    const since = context.now() - this.dice.below(10 * 24) * HOUR_MS
    const handle = this.dice
      .below(2 ** 31)
      .toString(16)
      .padStart(32, '0')
    const id = await giveConsent(context, { provider, terms: '2026-11-29', since, handle })
    tab.promised.add(id)
    this.#links.push({ id, provider, account: tab.phone.profile.ledgerId as AccountId })
  }

  async #unlink(): Promise<void> {
    const tab = this.dice.pick(this.#tabs)
    const [link] = this.#links.length === 0 ? [] : [this.dice.pick(this.#links)]
    if (!link) return
    if ((await endConsent(tab.phone.use().context, link.id)) === 'forgotten')
      for (const { promised } of this.#tabs) promised.delete(link.id)
    this.#world.counts.unlinked++
  }

  /** Every other one is also logged by its rider, whose phone may be offline for long. */
  async #ride(): Promise<void> {
    if (this.#links.length === 0) return
    const { id: consentId, provider, account } = this.dice.pick(this.#links)
    const at = this.#world.backend.now()
    const startedAt = at - this.dice.below(4 * 24) * HOUR_MS - HOUR_MS
    const code = provider === 'bus-card' ? 'bus' : 'bike'
    const quantity = { value: 3000 + this.dice.below(4000), unit: 'metre' } as const
    const ride = { code, startedAt, endedAt: startedAt + 25 * MINUTE_MS, quantity }
    const jti = `j-${this.#world.seed}-${++this.#made}`
    const told = claim({ ...ride, evidence: { trust: 'provider', provider, reference: `r-${jti}` } })
    const report: Report = {
      provider,
      jti,
      token: `token of ${jti}`,
      reference: `r-${jti}`,
      claimId: await claimId(provider, `r-${jti}`),
      iat: told.endedAt ?? startedAt,
      consentId,
      claim: told as Report['claim'],
      hasRights: this.dice.below(4) > 0,
    }
    this.#sent.push({ account, report, id: await reportId(provider, jti) })
    if (this.dice.below(2)) return
    const tab = this.dice.pick(this.#tabs)
    const { endedAt: _, ...typed } = ride
    tab.promised.add(
      await recordActivity(tab.phone.use().context, claim({ ...typed, startedAt: startedAt + MINUTE_MS })),
    )
  }

  /** Also of one that never arrived, or was dropped. */
  async #correct(): Promise<void> {
    const sent = this.#sent.length === 0 ? undefined : this.dice.pick(this.#sent)
    if (!sent || !('report' in sent)) return
    const { claim: first, ...facts } = sent.report
    const jti = `${facts.jti}-c${++this.#made}`
    const activityId = sent.id as ActivityId
    const quantity = { value: 3000 + this.dice.below(4000), unit: 'metre' } as const
    const change = this.dice.below(4) === 0 ? {} : { claim: { ...first, quantity } }
    const correction: Correction = { ...facts, jti, activityId, ...change }
    this.#sent.push({ account: sent.account, correction, id: correctionId(activityId, jti) })
  }

  async #deliver(): Promise<void> {
    if (this.#sent.length === 0) return
    await this.#post(this.dice.pick(this.#sent))
  }

  async #post(sent: Message): Promise<void> {
    const { account, id } = sent
    const { deps, db } = this.#world.backend
    const { counts } = this.#world
    try {
      const outcome = await changeAccount(deps, account, async (writing) => {
        if (this.#world.sabotage !== 'post a report twice' && (await readKnown(db, account, [id])).has(id))
          return 'again' as const
        const drafted =
          'report' in sent
            ? await this.#draft(writing, id, sent.report)
            : await draftCorrection(deps, writing, { id, correction: sent.correction })
        return drafted ? ('posted' as const) : ('dropped' as const)
      })
      if (outcome === 'again') counts.reportedAgain++
      else if (outcome === 'dropped') counts.droppedReports++
      else if ('report' in sent) counts.reported++
      else counts.corrected++
    } catch (error) {
      if (!(error instanceof BookError)) throw error
    }
  }

  #draft(writing: Writing, id: string, report: Report) {
    const { sabotage } = this.#world
    const { deps } = this.#world.backend
    if (sabotage === 'post a report twice')
      return draftReport(deps, writing, { id: `${id}:${++this.#made}`, report })
    if (sabotage === 'count a ride twice' || sabotage === 'report without consent')
      return draftAmiss(deps, writing, { id, report, sabotage })
    return draftReport(deps, writing, { id, report })
  }

  /** All comes once more: what a restored backup has lost, its provider still has. */
  async heal(): Promise<void> {
    for (const sent of this.#sent) await this.#post(sent)
    for (const { report } of this.#sent.flatMap((sent) => ('report' in sent ? [sent] : [])))
      this.#world.counts.merged += (await this.#hasGivenWay(report)) ? 1 : 0
  }

  async #hasGivenWay({ jti }: Report): Promise<boolean> {
    const rows = await this.#world.backend.db.query<{ detail: string | null }>(
      `select detail from records /* all accounts */ where detail like $1 and detail like '%"supersedes"%'`,
      [`%"jti":"${jti}"%`],
    )
    return rows.length > 0
  }

  async verify(): Promise<void> {
    const accounts = new Set(this.#links.map(({ account }) => account))
    for (const account of accounts) await checkReports(this.#world.backend, account)
  }
}

/** A backend that does not look at what stands, or not at whether the consent had ended. */
async function draftAmiss(
  deps: Deps,
  writing: Writing,
  given: { id: string; report: Report; sabotage: 'count a ride twice' | 'report without consent' },
) {
  const { id, report, sabotage } = given
  const { account, at } = writing
  const head = { ...writing.ledger }
  delete head.part
  const ledger = copyOf({ ...head, days: {} })
  if (sabotage === 'report without consent')
    for (const each of Object.values(ledger.consents ?? {}))
      Object.assign(each, { since: 0, givenAt: at, endedAt: undefined })
  const world = { now: at, pack: packInForce(account.city, at), offer: () => undefined }
  await lookUp(deps.db, writing, needsOfReport(report, world))
  const decision = decideReport(report, ledger, world)
  if (!decision) return undefined
  const { hasRights: _, ...facts } = report
  const detail = { ...toldOf(decision), report: facts }
  return draft(writing, {
    by: 'provider',
    kind: 'activity.report',
    id,
    outcome: decision.outcome,
    transfers: decision.transfers,
    detail,
  })
}
