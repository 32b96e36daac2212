/** A statement is paid: by who pays the shops, and to the shop. */
import type { StepRules } from './kind.ts'
import { noDays, postNothing } from './kind.ts'

export const payoutSend: StepRules = { needs: noDays, post: postNothing }
export const payoutReceive: StepRules = { needs: noDays, post: postNothing }

/** One a statement, so that it is paid once. */
export function payoutSendId(statementId: string): string {
  return `payout.send:${statementId}`
}

export function payoutReceiveId(statementId: string): string {
  return `payout.receive:${statementId}`
}
