/** Samples of every published version of the protocol, as the real backend spoke it: they parse for ever, and nothing of them is lost. */
import { readdirSync, readFileSync } from 'node:fs'
import * as v from 'valibot'
import { describe, expect, it } from 'vitest'
import {
  healthSchema,
  keySetSchema,
  offersAnswerSchema,
  oldKeySetSchema,
} from '../../src/contract/catalog.ts'
import { parseCommand } from '../../src/contract/command.ts'
import { officeJournalSchema } from '../../src/contract/desk/journal.ts'
import {
  deskDoorSchema,
  deskSessionSchema,
  invitationSchema,
  invitedSchema,
  peopleSchema,
} from '../../src/contract/desk/operators.ts'
import {
  proposalDecisionSchema,
  proposalSchema,
  proposalsSchema,
  proposedSchema,
} from '../../src/contract/desk/proposals.ts'
import { drawAnswerSchema } from '../../src/contract/draws.ts'
import {
  helperCodeAnswerSchema,
  helperCodeRequestSchema,
  helperJoinedSchema,
  helperJoinSchema,
  helperLoggedSchema,
  helperLogSchema,
  helpersAnswerSchema,
} from '../../src/contract/helping.ts'
import { PROBLEMS, problemSchema } from '../../src/contract/problem.ts'
import {
  codeAnswerSchema,
  codeRequestSchema,
  deletionAnswerSchema,
  devicesAnswerSchema,
  signInAnswerSchema,
  signInRequestSchema,
  smsAnswerSchema,
} from '../../src/contract/session.ts'
import { type SyncAnswer, syncAnswerSchema, syncRequestSchema } from '../../src/contract/sync.ts'
import {
  tillCodeAnswerSchema,
  tillCodeRequestSchema,
  tillJoinedSchema,
  tillJoinSchema,
  tillPeopleSchema,
  tillRevokedSchema,
  tillStatusSchema,
} from '../../src/contract/till.ts'
import { readTolerantly } from '../../src/contract/tolerant.ts'
import type { RecordDetail } from '../../src/domain/ledger/record.ts'
import { canonicalJson } from '../../src/proof/canonical.ts'
import { findChainFault, START } from '../../src/proof/chain.ts'
import { readDeletion } from '../../src/proof/deletion-receipt.ts'
import { readHead } from '../../src/proof/head.ts'
import { KEY_PURPOSES, type KeySet } from '../../src/proof/keys.ts'
import { readRevocations } from '../../src/proof/revocations.ts'
import { trustedKeys } from '../../src/proof/trust.ts'
import { readVoucher } from '../../src/proof/voucher-token.ts'

interface Exchange {
  readonly route: string
  readonly request?: unknown
  readonly status: number
  readonly answer?: unknown
}

interface Samples {
  readonly version: number
  readonly commands: readonly string[]
  readonly exchanges: readonly Exchange[]
}

const folder = new URL('../golden/wire/', import.meta.url)
const versions = readdirSync(folder)
  .filter((name) => name.endsWith('.json'))
  .map((name) => JSON.parse(readFileSync(new URL(name, folder), 'utf8')) as Samples)

const REQUESTS: Record<string, v.GenericSchema> = {
  'POST /sign-in/codes': codeRequestSchema,
  'POST /sign-in': signInRequestSchema,
  'POST /sync': syncRequestSchema,
  'POST /accounts/:id/helpers/:helperId/code': helperCodeRequestSchema,
  'POST /helping': helperJoinSchema,
  'POST /helping/:id/log': helperLogSchema,
  'POST /tills/join': tillJoinSchema,
  'POST /tills/:id/sync': syncRequestSchema,
  'POST /tills/:id/codes': tillCodeRequestSchema,
  'POST /ops/people': invitationSchema,
  'POST /ops/proposals/:id': proposalDecisionSchema,
}

const ANSWERS: Record<string, v.GenericSchema> = {
  'POST /sign-in/codes': codeAnswerSchema,
  'POST /sign-in': signInAnswerSchema,
  'POST /sync': syncAnswerSchema,
  'GET /demo/sms': smsAnswerSchema,
  'GET /health': healthSchema,
  'GET /keys': keySetSchema,
  'GET /offers': offersAnswerSchema,
  'GET /draws/:offerId/:version': drawAnswerSchema,
  'GET /accounts/:id/devices': devicesAnswerSchema,
  'POST /accounts/:id/sign-out': v.undefined(),
  'DELETE /accounts/:id': deletionAnswerSchema,
  'GET /accounts/:id/helpers': helpersAnswerSchema,
  'POST /accounts/:id/helpers/:helperId/code': helperCodeAnswerSchema,
  'POST /helping': helperJoinedSchema,
  'POST /helping/:id/log': helperLoggedSchema,
  'POST /tills/join': tillJoinedSchema,
  'POST /tills/:id/sync': syncAnswerSchema,
  'GET /tills/:id/status': tillStatusSchema,
  'GET /tills/:id/people': tillPeopleSchema,
  'POST /tills/:id/codes': tillCodeAnswerSchema,
  'POST /tills/:id/people/:id/revoke': tillRevokedSchema,
  'POST /tills/:id/leave': v.undefined(),
  'GET /ops/door': deskDoorSchema,
  'GET /ops/session': deskSessionSchema,
  'GET /ops/people': peopleSchema,
  'POST /ops/people': v.strictObject({ ...invitedSchema.entries, ...v.partial(proposedSchema).entries }),
  'GET /ops/proposals': proposalsSchema,
  'POST /ops/proposals/:id': proposalSchema,
  'GET /ops/journal/:office': officeJournalSchema,
}

const isOk = ({ status }: Exchange) => status < 300

describe.each(versions)('protocol version $version', ({ commands, exchanges }) => {
  const answersTo = (route: string) =>
    exchanges.filter((each) => each.route === route && isOk(each)).map(({ answer }) => answer)

  it.each(exchanges.filter((each) => isOk(each) && each.request !== undefined))(
    'still reads a request of $route',
    ({ route, request }) => {
      expect(v.parse(REQUESTS[route] ?? v.strictObject({}), request)).toEqual(request)
    },
  )

  it.each(exchanges.filter(isOk))('still reads an answer to $route', ({ route, answer }) => {
    expect(v.parse(ANSWERS[route] ?? v.never(), answer)).toEqual(answer)
  })

  it.each(exchanges.filter((each) => !isOk(each)))(
    'still reads the problem $status of $route',
    ({ status, answer }) => {
      const problem = v.parse(problemSchema, answer)
      expect(problem).toEqual(answer)
      expect(problem.status).toBe(status)
      expect(PROBLEMS[problem.code].status).toBe(status)
    },
  )

  it.each(commands.map((text) => ({ kind: (JSON.parse(text) as { kind: string }).kind, text })))(
    'still reads the command $kind, and writes it as it was',
    ({ text }) => {
      expect(canonicalJson(parseCommand(text))).toBe(text)
    },
  )

  it('still holds records that chain, whose commands are read, under heads that today’s keys verify', async () => {
    const [keys] = answersTo('GET /keys') as KeySet[]
    if (!keys) throw new Error('no keys')
    let records = 0
    for (const answer of answersTo('POST /sync') as SyncAnswer[]) {
      if (answer.state !== 'ok') continue
      expect(await findChainFault(START, answer.records)).toBeUndefined()
      for (const { detail } of answer.records) {
        const { command } = JSON.parse(detail ?? '{}') as RecordDetail
        if (command !== undefined) expect(canonicalJson(parseCommand(command))).toBe(command)
        records++
      }
      const first = { keys: keys.keys.filter(({ notBefore }) => notBefore === keys.keys[0]?.notBefore) }
      expect(await readHead(answer.head, await trustedKeys(first, keys))).toMatchObject({
        seq: answer.records.at(-1)?.seq ?? 0,
      })
    }
    expect(records).toBeGreaterThan(0)
  })
})

describe('what protocol version 2 says of keys', () => {
  const samples = versions.find(
    ({ version, exchanges }) =>
      version === 2 && exchanges.some(({ route }) => route === 'DELETE /accounts/:id'),
  )
  const answerTo = (route: string) => samples?.exchanges.find((each) => each.route === route)?.answer
  const answered = v.parse(keySetSchema, answerTo('GET /keys'))

  it('names the purpose and the algorithm of each, and what is revoked', async () => {
    expect([...new Set(answered.keys.map(({ purpose }) => purpose))].sort()).toEqual(
      KEY_PURPOSES.filter((each) => each !== 'certificates').sort(),
    )
    expect(answered.keys.every(({ alg, endorsement }) => alg === 'ES256' && endorsement)).toBe(true)
    const list = await readRevocations(answered.revocations ?? '', answered)
    expect(list).toMatchObject({ revoked: [{ kid: expect.any(String), keeps: [expect.any(String)] }] })
    expect(list?.epoch).toBe(list?.revoked[0]?.at)
  })

  it('lets a voucher and a deletion receipt be read', async () => {
    const { records } = answerTo('POST /sync') as SyncAnswer & { state: 'ok' }
    const detail = JSON.parse(records.at(-1)?.detail ?? '{}') as RecordDetail
    expect(await readVoucher(detail.voucher?.token ?? '', answered)).toMatchObject({
      token: 2,
      points: 50,
      fen: 50,
      exp: detail.voucher?.expiresAt,
    })
    const { receipt } = answerTo('DELETE /accounts/:id') as { receipt: string }
    expect(await readDeletion(receipt, answered)).toMatchObject({ records: records.length })
  })

  it('is read by this app also when a later backend says more: other makes, other purposes, other members', async () => {
    const [one] = answered.keys
    if (!one) throw new Error('no key')
    const rsa = { kid: 'future', kty: 'RSA', n: 'x', e: 'AQAB' }
    const witness = { ...one, kid: 'witness', purpose: 'witness', seenBy: 'us' }
    const later = { keys: [...answered.keys, rsa, witness], revocations: answered.revocations, next: 1 }
    const { keys = [], leftOut } = readTolerantly(keySetSchema, later) ?? {}
    expect(keys).toHaveLength(answered.keys.length + 1)
    expect(leftOut).toBe(1)
    const { head } = answerTo('POST /sync') as SyncAnswer & { state: 'ok' }
    expect(await readHead(head, { keys })).toBeDefined()
    expect(await readHead(head, { keys: keys.filter(({ kid }) => kid === 'witness') })).toBeUndefined()
  })

  it('cannot be read by an app of before, who is therefore answered otherwise', () => {
    expect(v.is(oldKeySetSchema, answerTo('GET /keys'))).toBe(false)
  })
})

describe('the samples', () => {
  const all = versions.flatMap(({ exchanges }) => exchanges)

  it('show every problem, every outcome of a receipt, and every kind of command', () => {
    const codes = all.filter((each) => !isOk(each)).map(({ answer }) => (answer as { code: string }).code)
    expect(Object.keys(PROBLEMS).filter((code) => !codes.includes(code))).toEqual([])
    const outcomes = all.flatMap(({ answer }) =>
      ((answer as { receipts?: { outcome: string }[] } | undefined)?.receipts ?? []).map(
        ({ outcome }) => outcome,
      ),
    )
    expect([...new Set(outcomes)].sort()).toEqual(
      ['accepted', 'adjusted', 'deferred', 'refused', 'rejected', 'review'].sort(),
    )
    const kinds = versions.flatMap(({ commands }) => commands.map((text) => parseCommand(text)?.kind))
    expect([...new Set(kinds)].sort()).toEqual([
      'activity.appeal',
      'activity.record',
      'activity.withdraw',
      'case.nominate',
      'consent.give',
      'consent.withdraw',
      'draw.enter',
      'draw.leave',
      'event.check-in',
      'feedback.send',
      'helper.invite',
      'helper.revoke',
      'quiz.answer',
      'voucher.accept',
      'voucher.cancel',
      'voucher.redeem',
    ])
  })

  it('tell a fork, and a receipt whose id was known with another text', () => {
    const answers = JSON.stringify(all.map(({ answer }) => answer))
    expect(answers).toContain('"state":"fork"')
    expect(answers).toContain('"differs":true')
  })
})
