/** In whose ledger a trip is under way on this phone, as far as this page was told: enough to load what shows it and goes on with it. */
import { readonly, ref } from 'vue'
import { readSetting, settingKeys, writeSetting } from './device-setting.ts'

const ledgerId = ref(readSetting(settingKeys.trip))

export const tripLedger = readonly(ledgerId)

export function noteTripLedger(next: string | null): void {
  if (next === ledgerId.value) return
  ledgerId.value = next
  writeSetting(settingKeys.trip, next)
}

/** Asked of the phone itself: another tab may have begun one. */
export function isTripUnderWay(): boolean {
  return readSetting(settingKeys.trip) !== null
}
