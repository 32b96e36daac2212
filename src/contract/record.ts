/**
 * A record's texts where they come in from elsewhere: on the phone with each page, on the backend with a tail that is handed in. What every reader
 * relies on is held here, once. Members that a later version adds stay, because the texts are hashed; a word that only it knows is taken as one.
 */
import * as v from 'valibot'
import type { RecordBody, RecordDetail } from '../domain/ledger/record.ts'

const word = v.pipe(v.string(), v.minLength(1))
const whole = v.pipe(v.number(), v.safeInteger())
const amount = v.pipe(whole, v.minValue(0))
const hash = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/))

const bodySchema = v.looseObject({
  v: v.literal(1),
  account: word,
  seq: v.pipe(whole, v.minValue(1)),
  at: whole,
  kind: word,
  id: word,
  outcome: word,
  transfers: v.array(
    v.looseObject({
      asset: word,
      debit: word,
      credit: word,
      amount: v.pipe(whole, v.minValue(1)),
      lot: v.exactOptional(word),
    }),
  ),
  command: v.exactOptional(hash),
  detail: v.exactOptional(hash),
})

const reasons = v.array(v.looseObject({ code: word }))

const acceptance = {
  offerId: word,
  offerVersion: amount,
  pricePoints: amount,
  merchantId: word,
  expiresAt: whole,
  code: word,
  token: word,
}

const detailSchema = v.looseObject({
  command: v.exactOptional(v.string()),
  by: v.exactOptional(
    v.looseObject({
      actor: word,
      helper: v.exactOptional(v.looseObject({ id: word, name: word })),
      till: v.exactOptional(v.looseObject({ id: word, name: word })),
    }),
  ),
  reasons: v.exactOptional(reasons),
  assessment: v.exactOptional(
    v.looseObject({
      packId: word,
      packVersion: amount,
      code: word,
      methodologyVersion: amount,
      verdict: word,
      reasons,
      day: word,
      rewardGrams: amount,
      lowGrams: amount,
      highGrams: amount,
      creditableGrams: amount,
      points: amount,
    }),
  ),
  voucher: v.exactOptional(
    v.looseObject({
      ...acceptance,
      offer: v.looseObject({ id: word, titleZh: word, titleEn: word }),
      certificate: v.exactOptional(word),
    }),
  ),
  acceptance: v.exactOptional(
    v.looseObject({
      ...acceptance,
      valueFen: v.exactOptional(amount),
      acceptedAt: v.exactOptional(whole),
    }),
  ),
  about: v.exactOptional(word),
  report: v.exactOptional(
    v.looseObject({
      provider: word,
      jti: word,
      token: word,
      reference: word,
      claimId: hash,
      iat: whole,
      consentId: word,
      claim: v.exactOptional(v.looseObject({ code: word, startedAt: whole })),
    }),
  ),
  supersedes: v.exactOptional(v.array(word)),
  displaces: v.exactOptional(v.array(word)),
  settled: v.exactOptional(
    v.looseObject({
      account: word,
      command: word,
      at: v.exactOptional(whole),
      till: v.exactOptional(word),
    }),
  ),
  donation: v.exactOptional(
    v.looseObject({
      voucherId: word,
      offerId: word,
      offerVersion: amount,
      pricePoints: amount,
      valueFen: amount,
    }),
  ),
  refund: v.exactOptional(
    v.looseObject({ voucherId: word, holder: word, offerId: word, pricePoints: amount, valueFen: amount }),
  ),
  refunded: v.exactOptional(
    v.looseObject({
      account: word,
      command: word,
      offerId: word,
      had: v.exactOptional(v.looseObject({ fen: amount, at: whole })),
    }),
  ),
  verdict: v.exactOptional(word),
  statementOf: v.exactOptional(
    v.looseObject({
      day: word,
      fen: amount,
      refundFen: amount,
      count: amount,
      fromSeq: amount,
      toSeq: amount,
    }),
  ),
  provenAt: v.exactOptional(whole),
  voiceState: v.exactOptional(word),
  pickupState: v.exactOptional(word),
  planting: v.exactOptional(
    v.looseObject({
      id: word,
      provider: word,
      titleZh: word,
      titleEn: word,
      placeZh: word,
      placeEn: word,
      bringZh: word,
      bringEn: word,
      startsAt: whole,
      endsAt: whole,
      cancelBy: whole,
      places: amount,
      revision: amount,
      calledOff: v.exactOptional(
        v.looseObject({ noteZh: v.exactOptional(word), noteEn: v.exactOptional(word) }),
      ),
    }),
  ),
  plantingNews: v.exactOptional(word),
  planted: v.exactOptional(word),
  statement: v.exactOptional(v.looseObject({ provider: word, jti: word, token: word })),
  event: v.exactOptional(v.looseObject({ id: word })),
  returnsAt: v.exactOptional(whole),
  prolonged: v.exactOptional(v.record(v.string(), amount)),
  act: v.exactOptional(v.looseObject({})),
  note: v.exactOptional(v.string()),
  entry: v.exactOptional(
    v.looseObject({
      offerId: word,
      offerVersion: amount,
      pricePoints: amount,
      offer: v.looseObject({ id: word, titleZh: word, titleEn: word }),
    }),
  ),
  drawn: v.exactOptional(
    v.looseObject({
      offerId: word,
      offerVersion: amount,
      root: hash,
      size: amount,
      index: amount,
      path: v.array(hash),
      rank: amount,
    }),
  ),
})

const FIRST_FAULT = { abortEarly: true, abortPipeEarly: true }

/** Undefined when it is no record of any version. */
export function readBody(text: string): RecordBody | undefined {
  return read(bodySchema, text) as RecordBody | undefined
}

/** Undefined when it is no record's detail of any version. */
export function readDetail(text: string): RecordDetail | undefined {
  return read(detailSchema, text) as RecordDetail | undefined
}

function read(schema: v.GenericSchema, text: string): unknown {
  try {
    const result = v.safeParse(schema, JSON.parse(text), FIRST_FAULT)
    return result.success ? result.output : undefined
  } catch {
    return undefined
  }
}
