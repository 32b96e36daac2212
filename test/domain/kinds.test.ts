import { describe, expect, it } from 'vitest'
import type { Command } from '../../src/domain/ledger/command.ts'
import { emptyLedger, post } from '../../src/domain/ledger/ledger.ts'
import { project } from '../../src/domain/ledger/project.ts'
import type { RecordBody } from '../../src/domain/ledger/record.ts'
import { balanceOf } from '../../src/domain/ledger/transfer.ts'
import { packInForce } from '../../src/domain/methodology/which-pack.ts'

const AT = Date.UTC(2026, 10, 28, 4)

describe('what only a newer build knows', () => {
  it.each(['bonus.of.the.future', 'constructor', 'toString'])(
    'a record of kind %s moves its points and nothing else',
    (kind) => {
      const ledger = emptyLedger()
      const body = { v: 1, account: 'a', seq: 1, at: AT, kind, id: 'x', outcome: 'accepted' }
      const transfers = [
        { asset: 'points', debit: 'issuance', credit: 'available', amount: 5, lot: '2026-11' },
      ]
      post(ledger, { ...body, transfers } as unknown as RecordBody, { about: 'y', command: '{"kind":"?"}' })
      expect(balanceOf(ledger.balances, 'points', 'available')).toBe(5)
      const { seq, balances, lots, firstAt, prunedOn, ...rest } = ledger
      const { seq: _, balances: __, lots: ___, prunedOn: ____, ...empty } = emptyLedger()
      expect(rest).toEqual(empty)
    },
  )

  it('a request of such a kind waits beside the others, and promises nothing', () => {
    const command = { id: 'x', kind: 'bike.unlock', at: AT, body: { bike: 'b' } } as unknown as Command
    const outbox = [{ command, text: JSON.stringify(command) }]
    const world = { now: AT, pack: packInForce(undefined, AT), offer: () => undefined }
    const { previews, pendingPoints, spendable } = project(emptyLedger(), outbox, world)
    expect(previews).toEqual([
      { id: 'x', command, decision: { outcome: 'review', reasons: [], transfers: [] } },
    ])
    expect({ pendingPoints, spendable }).toEqual({ pendingPoints: 0, spendable: 0 })
  })
})
