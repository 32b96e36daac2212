/** People on this phone by name. */
import type { Profile } from '../../db/device.ts'

/** What to call someone whose ledger is on this phone: the name given here, else the masked number. */
export function personName(
  profile: Pick<Profile, 'nickname' | 'phoneMasked'>,
  t: { readonly noName: string },
): string {
  return profile.nickname || profile.phoneMasked || t.noName
}
