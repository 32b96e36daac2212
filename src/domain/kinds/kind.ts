/** What the rules say of a kind of record: who may ask for it, and what its record does to the account's state. */
import type { CommandKind, CommandOf } from '../ledger/command.ts'
import type { Decision, World } from '../ledger/decision.ts'
import type { Ledger } from '../ledger/ledger-state.ts'
import { type Needs, NO_NEEDS } from '../ledger/needs.ts'
import type { RecordBody, RecordDetail } from '../ledger/record.ts'

/** Beyond its transfers, which are applied for any kind. In place; not asked for what was refused. */
export type Post = (ledger: Ledger, body: RecordBody, detail: RecordDetail) => void

/** What of the account's days `post` reads or changes, by the same record. */
export type PostNeeds = (body: RecordBody, detail: RecordDetail) => Needs

/** Of what the backend does by itself, or an operator. */
export interface StepRules {
  readonly post: Post
  readonly needs: PostNeeds
}

/** Of what a person asks for; how it is decided, `decisions.ts` says. */
export interface CommandRules extends StepRules {
  /** Vouchers and appeals are about what an account has; everything else a guest can ask for and have posted later. */
  readonly owner: 'anybody' | 'account'
  /** What stays of one that was refused. */
  readonly postRefused?: Post
}

export type Decide<Kind extends CommandKind> = (
  command: CommandOf<Kind>,
  ledger: Ledger,
  world: World,
) => Decision

/** What a decision may know before anything is looked up. */
export type Foreknown = Pick<World, 'now' | 'pack' | 'exchange'>

export interface DecisionRules<Kind extends CommandKind> {
  readonly decide: Decide<Kind>
  /** What of the account's days the decision reads, and the posting of whatever it comes to. */
  readonly needs: (command: CommandOf<Kind>, world: Foreknown) => Needs
}

/** Of what has nothing to do with acts. */
export const noDays = (): Needs => NO_NEEDS

/** Nothing beyond the transfers. */
export const postNothing: Post = () => undefined
