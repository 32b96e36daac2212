/** A session has ended: by time, by a restored backup, or because the browser has lost what it is known by. The person signs in again. */
import { BrokenInvariant } from './checks.ts'
import type { Tab } from './tabs.ts'
import type { World } from './world.ts'

/** Of the person with several phones. */
export const NUMBER = '13800000042'

export async function signInAgain(world: World, { phone }: Tab): Promise<void> {
  const before = phone.profile.ledgerId
  try {
    await world.calmly(() => phone.use().signIn(NUMBER))
  } catch (error) {
    await phone.reopen()
    throw error
  }
  world.counts.signedInAgain++
  if (phone.profile.ledgerId !== before)
    throw new BrokenInvariant('who signs in again is given another account')
}
