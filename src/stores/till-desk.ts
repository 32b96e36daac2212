/** What happens at the counter: something is shown or typed, the till says what it is, and accepts it. */
import { shallowRef } from 'vue'
import { acceptVoucher } from '../actions/till/accept-voucher.ts'
import { checkVoucher, type TillContext, tillClock } from '../actions/till/check-voucher.ts'
import {
  type ReadShown,
  readShownCode,
  readTypedNumber,
  type TypingFault,
} from '../actions/till/read-shown.ts'
import { dayOf, type Instant, MINUTE_MS } from '../domain/base/time.ts'
import { tillTime } from '../domain/till/till-clock.ts'
import type { Verdict } from '../domain/till/verdict.ts'
import { useServices } from './services.ts'
import { useTillStore } from './till.ts'

/** Then whoever guesses has to wait, and whoever mistypes can ask for the code. */
const WRONG_NUMBERS_MAX = 3
const PAUSE_MS = MINUTE_MS

/** Before the tap that accepts; `accepted`: it is on the disk, and can be handed out for. `not_written`: it is not. */
export type Said = { readonly verdict: Verdict; readonly step: 'checked' | 'accepted' | 'not_written' }

export function useTillDesk() {
  const services = useServices()
  const store = useTillStore()
  const said = shallowRef<Said>()
  let read: (ReadShown & { readonly accountId: string }) | undefined

  function contextNow(): TillContext {
    const { db, current, tills } = store
    if (!db || !current) throw new Error('this device is no till')
    return { db, tills, accountId: current.accountId, now: services.now }
  }

  async function say(shown: ReadShown, context: TillContext): Promise<void> {
    const verdict = await checkVoucher(context, shown.shown)
    // Another tab has turned the device to another branch meanwhile: what was read is none of its.
    if (store.current?.accountId !== context.accountId) return
    read = { ...shown, accountId: context.accountId }
    said.value = { verdict, step: 'checked' }
  }

  async function show(text: string): Promise<void> {
    const till = store.current
    if (!till) return
    const context = contextNow()
    const keys = await (await store.exchange()).heldKeys()
    await say(await readShownCode(text, { till, keys }), context)
  }

  /** What is wrong with the typing, or nothing: then it has been said what it is. */
  async function type(text: string): Promise<TypingFault | undefined> {
    const context = contextNow()
    const told = store.current?.told
    const today = dayOf(tillTime(await tillClock(context)) ?? services.now())
    const typed = await readTypedNumber(text, { told, today })
    if ('typing' in typed) return typed.typing
    const isWrong = 'fault' in typed.shown && typed.shown.fault === 'wrong_number'
    await countWrong(isWrong)
    await say(typed, context)
    return undefined
  }

  async function countWrong(isWrong: boolean): Promise<void> {
    const count = isWrong ? store.wrongNumbers.count + 1 : 0
    if (count < WRONG_NUMBERS_MAX) await store.note('wrongNumbers', { count })
    else await store.note('wrongNumbers', { count: 0, pausedUntil: services.now() + PAUSE_MS })
  }

  /** The tap. Nothing is handed out before it says so. */
  async function accept(): Promise<void> {
    if (!read || said.value?.step !== 'checked' || read.accountId !== store.current?.accountId) return
    const { newId, page } = services
    try {
      const done = await acceptVoucher({ ...contextNow(), newId, page }, read)
      said.value = { verdict: done.verdict, step: 'id' in done ? 'accepted' : 'checked' }
      void store.poke()
      // Whoever closes the app now has it sent all the same, where the browser can.
      void services.wakeLater?.()
    } catch {
      said.value = { verdict: said.value.verdict, step: 'not_written' }
    }
  }

  /** What could not be checked, once more after the backend was asked. */
  async function askAgain(): Promise<void> {
    const before = read
    if (!before) return
    await (await store.exchange()).askKeys().catch(() => undefined)
    await store.poke()
    if (read === before) await again()
  }

  /** The same text, read anew by what is known now. */
  let again: () => Promise<void> = async () => undefined

  return {
    said,
    accept,
    askAgain,
    show(text: string): Promise<void> {
      again = () => show(text)
      return again()
    },
    async type(text: string): Promise<TypingFault | undefined> {
      again = async () => void (await type(text))
      return type(text)
    },
    done(): void {
      said.value = undefined
      read = undefined
    },
  }
}

/** Milliseconds left of the pause after wrong numbers; a clock that was set cannot make it longer than it is. */
export function pauseLeft({ pausedUntil }: { pausedUntil?: Instant }, now: Instant): number {
  if (pausedUntil === undefined) return 0
  return Math.min(PAUSE_MS, Math.max(0, pausedUntil - now))
}
