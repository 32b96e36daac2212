/** Why nothing can be recorded in this browser now; empty where it can. */
import { type ComputedRef, computed } from 'vue'
import { browserPlace } from '../../composables/browser-place.ts'
import { useOnline } from '../../composables/useOnline.ts'
import { useLedgerStore } from '../../stores/ledger.ts'
import { useText } from '../../text/define-text.ts'
import { logText } from '../../text/log/log.ts'

/** WeChat's own browser forgets: nothing is taken there that cannot be sent at once. */
export function useBlocked(): ComputedRef<string> {
  const t = useText(logText)
  const ledger = useLedgerStore()
  const isOnline = useOnline()
  return computed(() => {
    const cannotSend = ledger.isGuest || !isOnline.value
    return cannotSend && browserPlace(navigator) === 'wechat' ? t.value.wechat : ''
  })
}
