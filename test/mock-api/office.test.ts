/** What operators do: each act a record of an office, once; grave ones by two; and what a crash leaves is finished by the sweeper. */
import * as v from 'valibot'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { OfficeAct } from '../../mock-api/base/office-act.ts'
import { type Acting, actInOffice } from '../../mock-api/book/act-in-office.ts'
import { audit } from '../../mock-api/book/audit.ts'
import { BookError } from '../../mock-api/book/errors.ts'
import { officeId } from '../../mock-api/book/office.ts'
import { actOrPropose, decideOnProposal } from '../../mock-api/book/proposals.ts'
import { readPage } from '../../mock-api/storage/records.ts'
import type { OperatorId } from '../../src/domain/base/ids.ts'
import { DAY_MS, MINUTE_MS } from '../../src/domain/base/time.ts'
import { openBody, openDetail } from '../../src/domain/ledger/open-record.ts'
import { type Backend, startBackend } from '../support/backend.ts'
import { ENGINES } from '../support/database.ts'
import { uuidFrom } from '../support/ids.ts'

describe.each(ENGINES)('an office on %s', (engine) => {
  let backend: Backend
  /** What the world looks like by the acts that took effect. */
  let effects: string[]
  /** How the next effect fails. */
  let trouble: Error | undefined

  const payload = v.strictObject({ word: v.string() })
  const act = (
    more: Partial<OfficeAct<{ word: string }, string>> = {},
  ): OfficeAct<{ word: string }, string> => ({
    name: 'test.write',
    payload,
    async run(_deps, { actId, payload: { word } }) {
      if (trouble) throw trouble
      if (!effects.includes(`${actId} ${word}`)) effects.push(`${actId} ${word}`)
      return word
    },
    ...more,
  })
  const plain = act()
  const grave = act({
    name: 'test.grave',
    fourEyes: { approvedBy: ['approver'], before: async () => ({ word: 'before' }) },
  })
  const secret = act({ name: 'test.secret', isPersonal: true })

  beforeEach(async () => {
    effects = []
    trouble = undefined
    backend = await startBackend({
      db: engine,
      samples: false,
      acts: { [plain.name]: plain, [grave.name]: grave, [secret.name]: secret },
    })
  })
  afterEach(async () => {
    expect(await audit(backend.db)).not.toHaveProperty('fault')
    await backend.close()
  })

  const somebody = (name: string) => {
    const operatorId = uuidFrom(backend.random) as OperatorId
    const session = { sessionKey: uuidFrom(backend.random) }
    return (): Acting => ({ operatorId, name, ...session, actId: uuidFrom(backend.random) })
  }
  const journal = async () =>
    (await readPage(backend.db, officeId(backend.deps, 'zibo'), { after: 0, limit: 100 })).map(
      ({ body, detail }) => ({ ...openBody(body), told: openDetail(detail) }),
    )
  const asked = (one: OfficeAct<{ word: string }, string>, word = '红旗') => ({
    ...{ act: one, city: 'zibo' as const, subject: 'test 1', payload: { word } },
  })
  const stateOf = async () => {
    const rows = await backend.db.query<{ state: string; payload: string | null }>(
      'select state, payload from office_acts /* all accounts */ order by at',
    )
    return rows
  }
  const proposalStates = async () =>
    (await backend.db.query<{ state: string }>('select state from proposals /* all accounts */')).map(
      ({ state }) => state,
    )

  it('writes down who did what, in which session, and to what, before it is done', async () => {
    const me = somebody('张敏')()
    expect(await actInOffice(backend.deps, me, asked(plain))).toBe('红旗')
    expect(effects).toEqual([`${me.actId} 红旗`])
    const [record] = await journal()
    expect(record).toMatchObject({ kind: 'office.act', id: me.actId, outcome: 'accepted', transfers: [] })
    expect(record?.told?.by).toEqual({
      actor: 'operator',
      operator: { id: me.operatorId, name: '张敏', session: me.sessionKey },
    })
    expect(JSON.parse(record?.told?.command ?? '{}')).toMatchObject({
      kind: 'office.act',
      body: { act: 'test.write', subject: 'test 1', digest: expect.stringMatching(/^[0-9a-f]{64}$/) },
    })
  })

  it('does once what is asked for twice, and refuses the same id for something else', async () => {
    const me = somebody('张敏')()
    for (let i = 0; i < 2; i++) await actInOffice(backend.deps, me, asked(plain))
    expect(effects).toHaveLength(1)
    expect(await journal()).toHaveLength(1)
    await expect(actInOffice(backend.deps, me, asked(plain, '蓝旗'))).rejects.toThrow('id_reused')
  })

  it('finishes by its sweeper what a crash has interrupted', async () => {
    const me = somebody('张敏')()
    trouble = new Error('the power is gone')
    await expect(actInOffice(backend.deps, me, asked(plain))).rejects.toThrow('the power is gone')
    expect((await stateOf()).map(({ state }) => state)).toEqual(['open'])
    trouble = undefined
    backend.now.advance(2 * MINUTE_MS)
    await backend.sweep()
    await backend.sweep()
    expect(effects).toEqual([`${me.actId} 红旗`])
    expect((await stateOf()).map(({ state }) => state)).toEqual(['done'])
  })

  it('says in its journal what came to nothing, and does not try it for ever', async () => {
    trouble = new BookError('nothing_waits')
    const me = somebody('张敏')()
    await expect(actInOffice(backend.deps, me, asked(plain))).rejects.toThrow('nothing_waits')
    expect((await journal()).map(({ kind, told }) => [kind, told?.about, told?.note])).toEqual([
      ['office.act', undefined, undefined],
      ['office.fail', me.actId, 'nothing_waits'],
    ])
    trouble = undefined
    backend.now.advance(2 * MINUTE_MS)
    await backend.sweep()
    await expect(actInOffice(backend.deps, me, asked(plain))).rejects.toThrow('already_decided')
    expect(effects).toEqual([])
  })

  it('keeps nothing about a person once it is done but the digest', async () => {
    await actInOffice(backend.deps, somebody('张敏')(), asked(secret, '王家的电话'))
    expect(await stateOf()).toEqual([{ state: 'done', payload: null }])
    expect(JSON.stringify(await journal())).not.toContain('王家的电话')
  })

  describe('by four eyes', () => {
    const proposed = async () => {
      const me = somebody('张敏')
      const made = await actOrPropose(backend.deps, me(), asked(grave))
      if (!('proposed' in made)) throw new Error('it was done at once')
      const [row] = await backend.db.query<{ digest: string; before: string }>(
        'select digest, before from proposals /* all accounts */',
      )
      return { me, proposalId: made.proposed.proposalId, digest: row?.digest ?? '', before: row?.before }
    }

    it('does nothing before another has approved it, and then once', async () => {
      const { proposalId, digest, before } = await proposed()
      expect(effects).toEqual([])
      expect(before).toBe('{"word":"before"}')
      const approver = somebody('李四')()
      for (let i = 0; i < 2; i++)
        await decideOnProposal(backend.deps, approver, { proposalId, verdict: 'approve', digest })
      expect(effects).toEqual([`proposal.run:${proposalId} 红旗`])
      expect((await journal()).map(({ kind, told }) => [kind, told?.by?.operator?.name])).toEqual([
        ['proposal.make', '张敏'],
        ['proposal.approve', '李四'],
        ['proposal.run', undefined],
      ])
      expect(await proposalStates()).toEqual(['run'])
    })

    it('is not approved by whoever proposed it: the table refuses that, too', async () => {
      const { me, proposalId, digest } = await proposed()
      const decision = { proposalId, verdict: 'approve' as const, digest }
      await expect(decideOnProposal(backend.deps, me(), decision)).rejects.toThrow('own_proposal')
      await expect(
        backend.db.query(
          `update proposals set state = 'approved', decided_by = proposed_by, decided_at = 1 where account_id = $1`,
          [officeId(backend.deps, 'zibo')],
        ),
      ).rejects.toMatchObject({ code: '23514' })
      expect(effects).toEqual([])
    })

    it('is approved in the words that were read, or not at all', async () => {
      const { proposalId } = await proposed()
      const decision = { proposalId, verdict: 'approve' as const, digest: '0'.repeat(64) }
      await expect(decideOnProposal(backend.deps, somebody('李四')(), decision)).rejects.toThrow(
        'proposal_differs',
      )
    })

    it('is decided by one of two who decide at once', async () => {
      const { proposalId, digest } = await proposed()
      const decided = await Promise.allSettled([
        decideOnProposal(backend.deps, somebody('李四')(), { proposalId, verdict: 'approve', digest }),
        decideOnProposal(backend.deps, somebody('王五')(), {
          proposalId,
          verdict: 'reject',
          digest,
          note: '不同意',
        }),
      ])
      expect(decided.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
      const kinds = (await journal()).map(({ kind }) => kind)
      expect(kinds.filter((kind) => kind === 'proposal.approve' || kind === 'proposal.reject')).toHaveLength(
        1,
      )
      expect(effects).toHaveLength(kinds.includes('proposal.approve') ? 1 : 0)
    })

    it('ends after seven days, and is not approved any more', async () => {
      const { proposalId, digest } = await proposed()
      backend.now.advance(7 * DAY_MS)
      const decision = { proposalId, verdict: 'approve' as const, digest }
      await expect(decideOnProposal(backend.deps, somebody('李四')(), decision)).rejects.toThrow(
        'already_decided',
      )
      await backend.sweep()
      expect((await journal()).map(({ kind }) => kind)).toEqual(['proposal.make', 'proposal.end'])
      expect(await proposalStates()).toEqual(['ended'])
    })

    it('is run by the sweeper when a crash has come between approval and effect', async () => {
      const { proposalId, digest } = await proposed()
      trouble = new Error('the power is gone')
      const decision = { proposalId, verdict: 'approve' as const, digest }
      await expect(decideOnProposal(backend.deps, somebody('李四')(), decision)).rejects.toThrow('power')
      expect(await proposalStates()).toEqual(['approved'])
      trouble = undefined
      backend.now.advance(2 * MINUTE_MS)
      await backend.sweep()
      expect(effects).toEqual([`proposal.run:${proposalId} 红旗`])
      expect(await proposalStates()).toEqual(['run'])
    })
  })
})
