/**
 * A long, real journal: every record is decided and folded by the domain, canonical, hashed and chained, and the last one stands under a
 * signed head. The same seed gives the same journal. Runs in Node and in a page: the bench and the scrolling of 100,000 entries use it.
 */

import { CITY_IDS, type CityId } from '../../src/domain/base/city.ts'
import type { AccountId, CommandId, MerchantId, OfferId, VoucherId } from '../../src/domain/base/ids.ts'
import { DAY_MS, dayOf, HOUR_MS, type Instant, MINUTE_MS, startOfDay } from '../../src/domain/base/time.ts'
import type { ActivityClaim, Evidence } from '../../src/domain/evidence/activity.ts'
import type { Command } from '../../src/domain/ledger/command.ts'
import { decide } from '../../src/domain/ledger/decide.ts'
import { emptyLedger, type Ledger, post } from '../../src/domain/ledger/ledger.ts'
import type { RecordBody, RecordDetail } from '../../src/domain/ledger/record.ts'
import type { Step } from '../../src/domain/ledger/step.ts'
import { dueSteps, settleStep } from '../../src/domain/ledger/steps.ts'
import { balanceOf } from '../../src/domain/ledger/transfer.ts'
import type { Pack, Packs } from '../../src/domain/methodology/pack.ts'
import { packInForce } from '../../src/domain/methodology/which-pack.ts'
import type { Offer } from '../../src/domain/offers/offer.ts'
import { type OpenVoucher, voucherCode } from '../../src/domain/offers/voucher.ts'
import { canonicalJson } from '../../src/proof/canonical.ts'
import { type ChainLink, chainHash, commitment, GENESIS_HASH } from '../../src/proof/chain.ts'
import { sha256Hex } from '../../src/proof/digest.ts'
import { signHead } from '../../src/proof/head.ts'
import type { PublicKey, SigningKey } from '../../src/proof/keys.ts'
import { signVoucher } from '../../src/proof/voucher-token.ts'

export interface BigJournalOptions {
  readonly count: number
  /** The last record stands shortly before it. */
  readonly now: Instant
  readonly accountId: string
  readonly seed?: number
  readonly city?: CityId
  /** Methodologies other than the build's. */
  readonly packs?: Packs | undefined
  readonly actsPerDay?: number
  /** Called for every so many records, with the fold after them. */
  readonly onPage?: (page: BigJournalPage) => Promise<void> | void
  readonly pageSize?: number
}

export interface BigJournalPage {
  readonly links: readonly ChainLink[]
  readonly records: readonly { readonly body: RecordBody; readonly detail: RecordDetail }[]
  readonly ledger: Ledger
  readonly head: string
}

export interface BigJournal {
  readonly links: readonly ChainLink[]
  readonly ledger: Ledger
  readonly head: string
  readonly publicKey: PublicKey
}

/** The sample offer whose vouchers the journal holds. */
export const journalOffer: Offer = {
  id: 'coffee-medium' as OfferId,
  version: 1,
  category: 'food',
  titleZh: '示例咖啡 · 中杯',
  titleEn: 'Sample coffee, medium',
  termsZh: '示例：到店出示。',
  termsEn: 'Sample: show it at the shop.',
  merchantId: 'sample-cafe' as MerchantId,
  merchantZh: '示例咖啡（鸢飞路店）',
  merchantEn: 'Sample Café, Yuanfei Road',
  cities: CITY_IDS,
  pricePoints: 800,
  valueFen: 80,
  perPersonMax: 1_000_000,
  validDays: 14,
  endsAt: 4_102_444_800_000,
  sample: true,
}

const ACTS = [
  { code: 'walk', metres: [400, 4000], minutesPerKm: 12 },
  { code: 'bike', metres: [800, 12_000], minutesPerKm: 4 },
  { code: 'ebike', metres: [1000, 9000], minutesPerKm: 3 },
  { code: 'bus', metres: [1500, 75_000], minutesPerKm: 3 },
  { code: 'clean-plate' },
  { code: 'own-bag' },
  { code: 'no-cutlery' },
  { code: 'waste-sorting' },
] as const

export async function bigJournal(options: BigJournalOptions): Promise<BigJournal> {
  const { count, now, actsPerDay = 12, pageSize = 1000, onPage } = options
  const { publicKey, signingKey } = await newKey()
  const random = randomFrom(options.seed ?? 1)
  const city = options.city ?? 'weifang'
  const packAt = (at: Instant) => packInForce(city, at, options.packs)
  const writer = new Writer(options.accountId as AccountId, { random, signingKey, packAt })
  // About one record in nine is no act: a voucher, its end, a withdrawal, an appeal.
  const days = Math.ceil(count / (actsPerDay * 1.12))
  const today = startOfDay(dayOf(now))
  const kept: ChainLink[] = []
  let page: Written[] = []
  const turn = async () => {
    const links = page.map(({ link }) => link)
    if (onPage)
      await onPage({
        links,
        records: page.map(({ body, detail }) => ({ body, detail })),
        ledger: structuredClone(writer.ledger),
        head: await writer.head(),
      })
    else for (const link of links) kept.push(link)
    page = []
  }
  for (let place = 0; writer.ledger.seq < count; place++) {
    const day = Math.floor(place / actsPerDay)
    const hour = 6 + ((place % actsPerDay) * 16) / actsPerDay
    const startedAt = Math.floor(today - (days - day) * DAY_MS + hour * HOUR_MS)
    for (const written of await writer.next(claimAt(startedAt, random, city), startedAt)) {
      if (writer.ledger.seq > count && page.length > 0 && written.body.seq > count) break
      page.push(written)
      if (page.length >= pageSize) await turn()
    }
  }
  if (page.length > 0) await turn()
  return { links: kept, ledger: writer.ledger, head: await writer.head(), publicKey }
}

interface Written {
  readonly link: ChainLink
  readonly body: RecordBody
  readonly detail: RecordDetail
}

class Writer {
  readonly ledger: Ledger = emptyLedger()
  #hash = GENESIS_HASH
  #at: Instant = 0
  readonly #account: AccountId
  readonly #random: () => number
  readonly #key: SigningKey
  readonly #packAt: (at: Instant) => Pack

  constructor(
    account: AccountId,
    given: { random: () => number; signingKey: SigningKey; packAt: (at: Instant) => Pack },
  ) {
    this.#account = account
    this.#random = given.random
    this.#key = given.signingKey
    this.#packAt = given.packAt
  }

  head(): Promise<string> {
    const { seq, balances } = this.ledger
    return signHead(
      {
        account: this.#account,
        seq,
        hash: this.#hash,
        available: balanceOf(balances, 'points', 'available'),
        held: balanceOf(balances, 'points', 'held'),
        at: this.#at,
      },
      this.#key,
    )
  }

  /** The act, what fell due before it, and now and then a withdrawal, an appeal, a voucher and its end. */
  async next(claim: ActivityClaim, startedAt: Instant): Promise<Written[]> {
    const at = startedAt + HOUR_MS
    const written: Written[] = []
    for (const step of dueSteps(this.ledger, at)) written.push(await this.step(step, at))
    const act = await this.command(
      { id: this.newId(), kind: 'activity.record', at: at - MINUTE_MS, body: claim },
      at,
    )
    written.push(act)
    const dice = this.#random()
    if (dice < 0.01) {
      const body = { activityId: act.body.id as CommandId }
      written.push(await this.command({ id: this.newId(), kind: 'activity.withdraw', at, body }, at))
    } else if (dice < 0.03 && (act.body.outcome === 'adjusted' || act.body.outcome === 'rejected')) {
      const body = { activityId: act.body.id as CommandId, note: '公交卡记录可以证明' }
      written.push(await this.command({ id: this.newId(), kind: 'activity.appeal', at, body }, at))
    } else if (dice < 0.06) {
      const { id, version, pricePoints } = journalOffer
      const body = { offerId: id, offerVersion: version, pricePoints }
      written.push(await this.command({ id: this.newId(), kind: 'voucher.redeem', at, body }, at))
    } else if (dice < 0.08) {
      const open = (Object.entries(this.ledger.vouchers) as [VoucherId, OpenVoucher][]).at(0)
      if (open) written.push(await this.step(settleStep(...open), at))
    }
    return written
  }

  newId(): CommandId {
    const hex = Array.from({ length: 8 }, () =>
      Math.floor(this.#random() * 65_536)
        .toString(16)
        .padStart(4, '0'),
    ).join('')
    return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20)}` as CommandId
  }

  async command(command: Command, at: Instant): Promise<Written> {
    const decision = decide(command, this.ledger, {
      now: at,
      pack: this.#packAt(at),
      offer: (id) => (id === journalOffer.id ? journalOffer : undefined),
    })
    const text = canonicalJson(command)
    const { transfers, reasons, assessment, about, outcome } = decision
    const voucher = decision.voucher && {
      ...decision.voucher,
      code: voucherCode(command.id),
      token: await this.token(command.id, decision.voucher.expiresAt, at),
    }
    return this.write(
      { at, kind: command.kind, id: command.id, outcome, transfers, command: await sha256Hex(text) },
      {
        command: text,
        reasons,
        ...(assessment ? { assessment } : {}),
        ...(voucher ? { voucher } : {}),
        ...(about === undefined ? {} : { about }),
      },
    )
  }

  token(jti: string, exp: Instant, iat: Instant): Promise<string> {
    const { id, version, pricePoints, valueFen, merchantId } = journalOffer
    return signVoucher(
      {
        jti,
        sub: this.#account,
        merchant: merchantId,
        offer: id,
        version,
        points: pricePoints,
        fen: valueFen,
        n: 1,
        iat,
        exp,
      },
      this.#key,
    )
  }

  step({ id, kind, transfers, about }: Step, at: Instant): Promise<Written> {
    const told = about === undefined ? {} : { about }
    return this.write({ at, kind, id, outcome: 'accepted', transfers }, told)
  }

  async write(
    part: Omit<RecordBody, 'v' | 'account' | 'seq' | 'detail'>,
    detail: RecordDetail,
  ): Promise<Written> {
    const salt = await sha256Hex(`salt ${this.ledger.seq}`)
    const detailText = canonicalJson(detail)
    const body: RecordBody = {
      ...part,
      v: 1,
      account: this.#account,
      seq: this.ledger.seq + 1,
      detail: await commitment(salt, detailText),
    }
    const bodyText = canonicalJson(body)
    this.#hash = await chainHash(this.#hash, bodyText)
    this.#at = body.at
    post(this.ledger, body, detail)
    return {
      body,
      detail,
      link: { seq: body.seq, body: bodyText, hash: this.#hash, detail: detailText, salt },
    }
  }
}

function claimAt(startedAt: Instant, random: () => number, city: CityId): ActivityClaim {
  const act = ACTS[Math.floor(random() * ACTS.length)] as (typeof ACTS)[number]
  if (!('metres' in act)) return { code: act.code, city, startedAt, evidence: { trust: 'manual' } }
  const [least, most] = act.metres
  const metres = Math.round((least + random() ** 3 * (most - least)) / 10) * 10
  const movingSeconds = Math.round((metres / 1000) * act.minutesPerKm * 60)
  const isTracked = random() < 0.4
  const digest = Array.from({ length: 16 }, () =>
    Math.floor(random() * 65_536)
      .toString(16)
      .padStart(4, '0'),
  ).join('')
  const evidence: Evidence = isTracked
    ? {
        trust: 'gps',
        digest,
        points: 40,
        movingSeconds,
        maxSpeedMetresPerHour: Math.round(60_000 / act.minutesPerKm),
      }
    : { trust: 'manual' }
  return {
    code: act.code,
    city,
    startedAt,
    endedAt: startedAt + Math.min(movingSeconds * 1000, 45 * MINUTE_MS),
    quantity: { value: metres, unit: 'metre' },
    evidence,
  }
}

async function newKey(): Promise<{ publicKey: PublicKey; signingKey: SigningKey }> {
  const pair = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, true, [
    'sign',
    'verify',
  ])
  const { x = '', y = '' } = await crypto.subtle.exportKey('jwk', pair.publicKey)
  const publicKey: PublicKey = {
    kid: 'big-journal',
    kty: 'EC',
    crv: 'P-256',
    x,
    y,
    notBefore: 0,
    notAfter: 4_102_444_800_000,
  }
  return { publicKey, signingKey: { kid: publicKey.kid, privateKey: pair.privateKey } }
}

/** Mulberry32: small, seeded, good enough for sample data. */
function randomFrom(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}
