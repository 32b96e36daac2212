/**
 * The way to the home screen. Chromium offers a prompt once, early and unasked, so it is caught at start and kept until
 * a person wants it; the others need words, chosen by `place`.
 */
import { computed, ref, shallowRef } from 'vue'
import { browserPlace } from './browser-place.ts'

/** Not in TypeScript's DOM: https://developer.mozilla.org/docs/Web/API/BeforeInstallPromptEvent */
interface BeforeInstallPromptEvent extends Event {
  prompt(): Promise<{ outcome: 'accepted' | 'dismissed' }>
}

const kept = shallowRef<BeforeInstallPromptEvent | null>(null)
const isInstalled = ref(false)

/** Called once, before the app is mounted: the event does not come a second time. */
export function catchInstallPrompt(): void {
  isInstalled.value =
    matchMedia('(display-mode: standalone), (display-mode: minimal-ui)').matches ||
    ('standalone' in navigator && navigator.standalone === true)
  window.addEventListener('beforeinstallprompt', (event) => {
    event.preventDefault()
    kept.value = event as BeforeInstallPromptEvent
  })
  window.addEventListener('appinstalled', () => {
    isInstalled.value = true
    kept.value = null
  })
}

export function useInstallPrompt() {
  const canPrompt = computed(() => kept.value !== null)

  /** True when the person accepted. The browser allows the event to be used once. */
  async function install(): Promise<boolean> {
    const event = kept.value
    if (!event) return false
    kept.value = null
    const { outcome } = await event.prompt()
    return outcome === 'accepted'
  }

  return { canPrompt, isInstalled, place: browserPlace(navigator), install }
}
