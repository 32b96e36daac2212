/** A ledger on this phone as these pages show it. */
import type { Profile } from '../../db/device.ts'
import type { Same } from '../../text/define-text.ts'
import type { meText } from '../../text/me/me.ts'

export type PersonProfile = Profile

type Words = Same<(typeof meText)['zh-CN']>

/** What stands under the name: how they are signed in, unless the name says it, and where. */
export function personLine(profile: PersonProfile, t: Words, cityName: string): string {
  const signedIn = profile.kind === 'account' ? (profile.nickname ? profile.phoneMasked : undefined) : t.guest
  return [signedIn, cityName].filter((part) => part).join(' · ')
}
