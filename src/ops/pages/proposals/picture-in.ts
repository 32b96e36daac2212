/** The picture that a proposed version of an offer would show; undefined where it shows none. */
import * as v from 'valibot'
import { offerDraftSchema } from '../../../contract/desk/offers.ts'
import type { Proposal } from '../../../contract/desk/proposals.ts'

export function pictureIn({ act, payload }: Pick<Proposal, 'act' | 'payload'>) {
  if (act !== 'offer.publish') return undefined
  const read = v.safeParse(offerDraftSchema, JSON.parse(payload))
  return read.success ? read.output.options?.picture : undefined
}
