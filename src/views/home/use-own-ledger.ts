/** Home and 记录 need a ledger: someone of whom the phone knows nothing is led to the choice of a city. */
import { onScopeDispose, watch } from 'vue'
import { useRouter } from 'vue-router'
import { readSetting, settingKeys } from '../../composables/device-setting.ts'
import { useDeviceStore } from '../../stores/device.ts'

/** A ledger opened on the page before is written, but its live read comes a moment later. */
const JUST_OPENED_MS = 1500

export function useOwnLedger(): void {
  const device = useDeviceStore()
  const router = useRouter()
  let timer: ReturnType<typeof setTimeout> | undefined

  function leave(): void {
    if (device.isKnown && !device.current) void router.replace('/welcome')
  }

  watch(
    () => device.isKnown && !device.current,
    (isMissing) => {
      clearTimeout(timer)
      if (!isMissing) return
      if (readSetting(settingKeys.city)) timer = setTimeout(leave, JUST_OPENED_MS)
      else leave()
    },
    { immediate: true },
  )
  onScopeDispose(() => clearTimeout(timer))
}
