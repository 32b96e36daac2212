/**
 * The end of an account, held outside any component: the panel that asked for it is gone the moment the account is, and the receipt must
 * not go with it.
 */
import { computed, shallowRef } from 'vue'
import { useOnline } from '../../composables/useOnline.ts'
import type { DeletionReceipt } from '../../contract/session.ts'
import { useDeviceStore } from '../../stores/device.ts'
import { useSessionStore } from '../../stores/session.ts'
import { useSyncStore } from '../../stores/sync.ts'
import { type Problem, problemOf } from '../../text/app/problems.ts'
import { rememberAfter } from '../welcome/choose-city.ts'

interface Deleted {
  /** The receipt as it was signed. */
  readonly jws: string
  /** What it says, where its signature could be checked. */
  readonly receipt: DeletionReceipt | undefined
}

const deleted = shallowRef<Deleted>()
const problem = shallowRef<Problem>()
const isBusy = shallowRef(false)
/** The phone knew of no network when it was asked for: then nothing has left it. */
const wasOffline = shallowRef(false)
/** The one whose deletion was asked for on this page, whatever was answered. */
const askedFor = shallowRef<string>()

/** With these nobody has said whether it was done: the answer may have been lost, or somebody in between has answered. */
const UNHEARD: readonly Problem['code'][] = ['offline', 'unreadable', 'timed_out', 'busy', 'internal']

export function useDeletion() {
  const device = useDeviceStore()
  const session = useSessionStore()
  const sync = useSyncStore()
  const isOnline = useOnline()

  async function deleteAccount(): Promise<void> {
    isBusy.value = true
    problem.value = undefined
    wasOffline.value = !isOnline.value
    try {
      const ledgerId = device.current?.ledgerId ?? ''
      askedFor.value = ledgerId
      const jws = await session.deleteAccount()
      deleted.value = { jws, receipt: undefined }
      const receipt = await session.readReceipt(jws).catch(() => undefined)
      deleted.value = { jws, receipt }
      await rememberAfter(ledgerId)
    } catch (error) {
      problem.value = problemOf(error)
      void sync.poke() // the exchange is told whether the account is gone
    } finally {
      isBusy.value = false
    }
  }

  return {
    deleted,
    problem,
    isUnheard: computed(
      () => problem.value !== undefined && !wasOffline.value && UNHEARD.includes(problem.value.code),
    ),
    isOurs: computed(() => askedFor.value !== undefined && askedFor.value === device.current?.ledgerId),
    isBusy,
    deleteAccount,
  }
}
