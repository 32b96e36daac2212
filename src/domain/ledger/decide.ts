/** The decision on one command: transfers, or a reason. The backend runs it to make truth; the app runs the very same to preview it. */

import { decisionOf } from '../kinds/decisions.ts'
import type { Command, CommandKind, CommandOf } from './command.ts'
import type { Decision, World } from './decision.ts'
import type { Ledger } from './ledger-state.ts'

export function decide(command: Command, ledger: Ledger, world: World): Decision {
  return decideOne(command, ledger, world)
}

function decideOne<Kind extends CommandKind>(
  command: CommandOf<Kind>,
  ledger: Ledger,
  world: World,
): Decision {
  return decisionOf(command.kind)(command, ledger, world)
}
