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

/** Chromium's alone, and only for an installed app: the worker looks for news by itself now and then. Not in TypeScript's DOM. */
interface PeriodicSync {
  register(tag: string, options: { minInterval: number }): Promise<void>
}

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

/** Never throws: a browser that does not wake the worker leaves the news for the next visit. */
export async function wakeForNews(tag: string, everyMs: number): Promise<void> {
  try {
    const registration = await navigator.serviceWorker.ready
    await (registration as { periodicSync?: PeriodicSync }).periodicSync?.register(tag, {
      minInterval: everyMs,
    })
  } catch {
    // Not installed, or not allowed.
  }
}

export async function showNotice(title: string, options: NotificationOptions): Promise<void> {
  const registration = await navigator.serviceWorker.ready
  await registration.showNotification(title, options)
}
