/** What the ledger grants of an entry its draw still has to take, or to let go: after its close it does neither. */
import type { AccountId, CommandId } from '../../src/domain/base/ids.ts'
import type { CommandOf } from '../../src/domain/ledger/command.ts'
import { decide } from '../../src/domain/ledger/decide.ts'
import type { Decision, World } from '../../src/domain/ledger/decision.ts'
import type { Ledger } from '../../src/domain/ledger/ledger-state.ts'
import type { Deps } from '../base/deps.ts'
import { claimEntry, claimLeaving, type EntryClaim } from './draw-entries.ts'
import type { SetAside } from './set-aside.ts'

export async function throughDraw(
  deps: Deps,
  { entries }: Pick<SetAside, 'entries'>,
  wish: {
    readonly accountId: AccountId
    readonly ledger: Ledger
    readonly command: CommandOf<'draw.enter'> | CommandOf<'draw.leave'>
    readonly decision: Decision
    readonly world: World
  },
): Promise<Decision> {
  const { accountId, ledger, command, decision, world } = wish
  if (decision.outcome === 'refused') return decision
  const claim = { accountId, entryId: decision.about ?? command.id }
  const entered = decision.entry ?? ledger.entries?.[claim.entryId as CommandId]
  if (!entered) throw new Error('a granted entry is of a draw')
  const entry = { ...claim, offerId: entered.offerId, version: entered.offerVersion } as EntryClaim
  const why =
    command.kind === 'draw.enter'
      ? await claimEntry(deps, entry)
      : await claimLeaving(deps, { ...entry, leaveId: command.id })
  if (why) return decide(command, ledger, { ...world, entry: why })
  entries.set(command.id, entry)
  return decision
}
