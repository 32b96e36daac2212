/** The decision on one command: transfers, or a reason. The backend runs it to make truth; the app runs the very same to preview it. */

import { decisionOf } from '../kinds/decisions.ts'
import type { Foreknown } from '../kinds/kind.ts'
import type { Command, CommandKind, CommandOf } from './command.ts'
import type { Decision, World } from './decision.ts'
import type { Ledger } from './ledger-state.ts'
import { allNeeds, type Needs } from './needs.ts'

export function decide(command: Command, ledger: Ledger, world: World): Decision {
  return decideOne(command, ledger, world)
}

function decideOne<Kind extends CommandKind>(
  command: CommandOf<Kind>,
  ledger: Ledger,
  world: World,
): Decision {
  return decisionOf(command.kind).decide(command, ledger, world)
}

/** What of the account's days the decisions on these commands read, and the posting of what they come to. */
export function needsToDecide(commands: readonly Command[], world: Foreknown): Needs {
  return allNeeds(commands.map((command) => needsOfOne(command, world)))
}

function needsOfOne<Kind extends CommandKind>(command: CommandOf<Kind>, world: Foreknown): Needs {
  return decisionOf(command.kind).needs(command, world)
}
