/**
 * One short message at the foot of the screen, with at most one action (Undo). A newer one replaces an older one.
 * It leaves by itself, except in 长辈版, where nothing has a time limit.
 */
import { readonly, shallowRef } from 'vue'
import { useElder } from './useElder.ts'

interface Toast {
  text: string
  action?: { label: string; run: () => void }
  /** How long it stays; long enough to reach the action without hurry. */
  ms?: number
}

/** Six seconds to read; ten where there is something to press. */
const readMs = 6_000
const actMs = 10_000

const current = shallowRef<Toast | null>(null)
let timer: ReturnType<typeof setTimeout> | undefined

function dismiss(): void {
  clearTimeout(timer)
  current.value = null
}

/** Counting stops while the pointer or the focus is on it, and starts anew afterwards. */
function hold(): void {
  clearTimeout(timer)
}

function release(): void {
  clearTimeout(timer)
  const toast = current.value
  if (!toast || useElder().isElder.value) return
  timer = setTimeout(dismiss, toast.ms ?? (toast.action ? actMs : readMs))
}

function show(toast: Toast): void {
  current.value = toast
  release()
}

export function useToast() {
  return { current: readonly(current), show, dismiss, hold, release }
}
