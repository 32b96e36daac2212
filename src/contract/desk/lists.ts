/**
 * What each of the desk's lists can be asked for: found in by words, narrowed by closed lists of values, ordered by a column. Said once: the
 * backend refuses what is not here, the page offers what is.
 */
import { CITY_IDS } from '../../domain/base/city.ts'
import { OFFICE_ACTS, PROPOSED_ACTS } from '../../domain/ledger/office-acts.ts'
import { ROLES } from '../../domain/ledger/operator.ts'
import { REVIEW_CODES } from '../../domain/methodology/effect.ts'
import { OFFER_CATEGORIES } from '../../domain/offers/offer.ts'
import { ALERT_STATUSES, ALERT_TYPES, SEVERITIES } from '../../domain/taking-part/alert.ts'
import { PROPOSAL_STATES } from './proposals.ts'

export interface ListShape {
  /** Columns by which it can be ordered, up or down. Without one it comes in the order that its work has. */
  readonly sorts: readonly string[]
  /** Values that it can be narrowed to, by the member that has them. */
  readonly filters: Readonly<Record<string, readonly string[]>>
}

/** A sentence of somebody's, pasted. */
export const FIND_MAX = 80

const OFFICE_KINDS = [
  'office.act',
  'office.fail',
  'proposal.make',
  'proposal.approve',
  'proposal.reject',
  'proposal.run',
  'proposal.end',
] as const
const city = CITY_IDS

export const DESK_LISTS = {
  reviews: { sorts: ['opened', 'acts'], filters: { cause: REVIEW_CODES, city } },
  voices: { sorts: ['sent'], filters: { state: ['received', 'in_progress'], city } },
  disputes: { sorts: ['opened'], filters: { city } },
  proposals: {
    sorts: ['proposedAt', 'endsAt'],
    filters: { state: PROPOSAL_STATES, act: PROPOSED_ACTS, city },
  },
  journal: { sorts: ['seq'], filters: { kind: OFFICE_KINDS, act: OFFICE_ACTS } },
  takings: {
    sorts: ['seq'],
    filters: { kind: ['voucher.accept', 'voucher.refund', 'donation.receive', 'payout.receive'] },
  },
  statements: { sorts: ['day'], filters: { state: ['paid', 'unpaid'] } },
  shops: { sorts: ['id', 'name', 'branches'], filters: { state: ['active', 'suspended'], city } },
  offers: {
    sorts: ['id', 'title', 'merchant', 'points', 'value', 'remaining', 'left', 'ends'],
    filters: { state: ['open', 'over'], category: OFFER_CATEGORIES, city },
  },
  events: { sorts: ['title', 'from', 'to', 'points', 'id'], filters: { state: ['open', 'withdrawn'], city } },
  planting: {
    sorts: ['title', 'starts', 'places', 'left', 'id'],
    filters: { state: ['coming', 'over', 'off'], city },
  },
  alerts: {
    sorts: ['headline', 'sent', 'expires'],
    filters: { status: ALERT_STATUSES, type: ALERT_TYPES, severity: SEVERITIES },
  },
  services: {
    sorts: ['name', 'posted', 'failed', 'waiting', 'dropped'],
    filters: { alarm: ['any', 'none'] },
  },
  content: { sorts: ['published', 'version'], filters: { state: ['served', 'waiting', 'back'], city } },
  people: { sorts: ['name', 'since'], filters: { state: ['active', 'suspended'], role: ROLES } },
  weeks: { sorts: ['week', 'people', 'acts', 'grams', 'points', 'vouchers'], filters: { city } },
} as const satisfies Record<string, ListShape>

export type ListName = keyof typeof DESK_LISTS

/** `-` before the column: the other way round. */
export function sortText({ by, isDown }: ListSort): string {
  return isDown ? `-${by}` : by
}

export interface ListSort {
  readonly by: string
  readonly isDown: boolean
}

/** Undefined: none that this list knows. */
export function sortIn({ sorts }: ListShape, text: string): ListSort | undefined {
  const isDown = text.startsWith('-')
  const by = isDown ? text.slice(1) : text
  return sorts.includes(by) ? { by, isDown } : undefined
}

/** Names of all that may stand in the query of its route. */
export function queryOf({ filters }: ListShape): string[] {
  return ['after', 'find', 'sort', 'language', ...Object.keys(filters)]
}
