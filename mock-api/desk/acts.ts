/** Everything that operators can do in an office's name, by the name that stands in its records. An act that is not here is run by nobody. */
import type { OfficeAct, OfficeActs } from '../base/office-act.ts'
import { CONTENT_ACTS } from './content-acts.ts'
import { FEED_ACTS } from './feed-acts.ts'
import { OFFER_ACTS } from './offer-acts.ts'
import { PEOPLE_ACTS } from './people-acts.ts'
import { PLANTING_ACTS } from './planting-acts.ts'
import { PROVIDER_ACTS } from './provider-acts.ts'
import { REVIEW_ACTS } from './review-acts.ts'
import { SHOP_ACTS } from './shop-acts.ts'
import { VOICE_ACTS } from './voice-acts.ts'

const ALL: readonly OfficeAct[] = [
  ...PEOPLE_ACTS,
  ...CONTENT_ACTS,
  ...FEED_ACTS,
  ...OFFER_ACTS,
  ...PLANTING_ACTS,
  ...PROVIDER_ACTS,
  ...REVIEW_ACTS,
  ...SHOP_ACTS,
  ...VOICE_ACTS,
]

export const ACTS: OfficeActs = Object.fromEntries(ALL.map((act) => [act.name, act]))
