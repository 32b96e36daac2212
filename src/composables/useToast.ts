/**
 * One short message at the foot of the screen, with at most one action (Undo). A newer one replaces an older one.
 * It leaves by itself, except in 长辈版, where nothing has a time limit. While a sheet is open it is shown there: behind one nobody sees it.
 */
import { readonly, shallowRef } from 'vue'
import { useElder } from './useElder.ts'

interface Toast {
  text: string
  /** What it answers is waited for, so that a refusal is told. */
  action?: { label: string; run: () => unknown }
  /** How long it stays; long enough to reach the action without hurry. */
  ms?: number
}

/** Six seconds to read; ten where there is something to press. */
const readMs = 6_000
const actMs = 10_000

const current = shallowRef<Toast | null>(null)
/** Open sheets, the topmost last. */
const sheets = shallowRef<readonly symbol[]>([])
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

/** A sheet opens or closes; said again, it is nothing. */
function noteSheet(sheet: symbol, isOpen: boolean): void {
  const others = sheets.value.filter((each) => each !== sheet)
  sheets.value = isOpen ? [...others, sheet] : others
}

export function useToast() {
  return {
    current: readonly(current),
    topSheet: () => sheets.value.at(-1),
    noteSheet,
    show,
    dismiss,
    hold,
    release,
  }
}
