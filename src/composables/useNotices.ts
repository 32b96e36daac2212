/** Notifications as this browser has them: whether it can, whether it may. Asked for by a tap, and from one place only. */
import { readonly, ref } from 'vue'

type NoticeState = 'unsupported' | 'insecure' | 'default' | 'granted' | 'denied'

function currentState(): NoticeState {
  if (!globalThis.isSecureContext) return 'insecure'
  if (typeof Notification === 'undefined' || !('serviceWorker' in navigator)) return 'unsupported'
  return Notification.permission
}

const state = ref<NoticeState>(currentState())
export const noticeState = readonly(state)

/** The permission may have been changed in the browser's settings meanwhile. */
export function lookAtNotices(): void {
  state.value = currentState()
}

/** Has to be called from a press. */
export async function askForNotices(): Promise<NoticeState> {
  await Notification.requestPermission()
  lookAtNotices()
  return state.value
}
