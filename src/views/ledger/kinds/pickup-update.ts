/** How far a booked pick-up is, as the service reports. */
import Icon from '~icons/ph/truck'
import type { KindFace } from './face.ts'
import { titleByAbout } from './titles.ts'

export const pickupUpdate: KindFace = {
  accepted: 'posted',
  about: 'entry',
  icon: () => Icon,
  word: (t, { pickupState }) => (pickupState ? t.later[pickupState] : t.kinds.pickup),
  title: titleByAbout((t) => t.kinds.pickup),
}
