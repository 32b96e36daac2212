/** One more person's ledger on this phone, and what a person is called here. Apart from the open ledger's: home shows a name and gives none. */
import { openGuestLedger } from '../actions/open-guest-ledger.ts'
import type { CityId } from '../domain/base/city.ts'
import { plainName } from '../domain/base/plain-text.ts'
import { useServices } from './services.ts'

export function usePeople() {
  const services = useServices()

  async function rename(ledgerId: string, nickname: string): Promise<void> {
    await services.device.profiles.update(ledgerId, { nickname: plainName(nickname) })
  }

  /** The new ledger becomes the open one. */
  async function addGuest(nickname: string, city: CityId): Promise<void> {
    const { ledgerId } = await openGuestLedger(services, city)
    if (nickname) await rename(ledgerId, nickname)
  }

  return { addGuest, rename }
}
