/** What an operator can do in an office's name: said once, so that what a crash interrupts is finished by whoever sweeps. */
import type * as v from 'valibot'
import type { CityId } from '../../src/domain/base/city.ts'
import type { OperatorId } from '../../src/domain/base/ids.ts'
import type { Role } from '../../src/domain/ledger/operator.ts'
import type { Deps } from './deps.ts'

/** One act, as its effect is handed it. */
interface ActDone<Payload> {
  /** Of the office's record. What the effect derives its own ids from, so that done twice it is done once. */
  readonly actId: string
  readonly operatorId: OperatorId
  readonly subject: string
  readonly payload: Payload
}

/** Somebody else has to approve it. */
interface FourEyes<Payload> {
  readonly approvedBy: readonly Role[]
  /** Absent: always. */
  isNeeded?(deps: Deps, asked: { payload: Payload; operatorId: OperatorId }): Promise<boolean>
  /** What stands there now, for whoever compares; canonical JSON can say it. */
  before?(deps: Deps, payload: Payload): Promise<unknown>
}

export interface OfficeAct<Payload = unknown, Answer = unknown> {
  /** `alert.publish`: stands in the office's records for ever. */
  readonly name: string
  /** Canonical JSON holds it: no null, no fractions. */
  readonly payload: v.GenericSchema<unknown, Payload>
  /** The payload is about a person: the records keep its digest alone, and it is dropped once it is done. */
  readonly isPersonal?: true
  readonly fourEyes?: FourEyes<Payload>
  /** Done twice, it does nothing more. A refusal of the book is final; what may help later is tried again. */
  run(deps: Deps, done: ActDone<Payload>): Promise<Answer>
}

/** By name. */
export type OfficeActs = Readonly<Record<string, OfficeAct>>

export interface Asked<Payload, Answer> {
  readonly act: OfficeAct<Payload, Answer>
  /** Absent: of the whole province. */
  readonly city?: CityId
  /** What it is about: `alert weifang-1`. Of a person: the account and the record, nothing else. */
  readonly subject: string
  readonly payload: Payload
}
