/** A ledger on this phone as these pages show it. */
import type { Profile } from '../../db/device.ts'
import type { Same } from '../../text/define-text.ts'
import type { meText } from '../../text/me.ts'

export type PersonProfile = Profile

/** What to call someone: the name given here, else the masked number, else "not signed in". */
export function personName(profile: PersonProfile, t: Same<(typeof meText)['zh-CN']>): string {
  return profile.nickname || profile.phoneMasked || t.guest
}
