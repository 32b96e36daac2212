/** Whom the open account lets log for it: those of the ledger, those who still wait in the outbox, who has come in, and the code for one who has not. */
import { computed, shallowRef } from 'vue'
import { inviteHelper, revokeHelper } from '../actions/invite-helper.ts'
import type { HelperCode, HelpersAnswer } from '../contract/helping.ts'
import type { HelperId } from '../domain/ledger/helping.ts'
import { useDeviceStore } from './device.ts'
import { useLedgerStore } from './ledger.ts'
import { useServices } from './services.ts'

export interface HelperShown {
  readonly id: HelperId
  readonly name: string
  /** The backend knows of the invitation. */
  readonly isPosted: boolean
  /** When they came in; undefined while they have not, or nobody could be asked. */
  readonly joinedAt?: number
}

export function useHelpers() {
  const services = useServices()
  const device = useDeviceStore()
  const ledger = useLedgerStore()
  const joined = shallowRef<HelpersAnswer['helpers']>()
  const accountId = () => device.current?.ledgerId ?? ''

  const helpers = computed<HelperShown[]>(() => {
    const posted = ledger.base?.ledger.helpers ?? {}
    return Object.entries(ledger.projection.expected.helpers ?? {}).map(([key, { name }]) => {
      const id = key as HelperId
      const joinedAt = joined.value?.find(({ helperId }) => helperId === id)?.joinedAt
      return { id, name, isPosted: id in posted, ...(joinedAt === undefined ? {} : { joinedAt }) }
    })
  })

  return {
    helpers,
    /** Whether the backend has said who has come in. */
    isTold: computed(() => joined.value !== undefined),
    async load(): Promise<void> {
      joined.value = await (await services.backend()).helpers(accountId())
    },
    code: async (id: HelperId): Promise<HelperCode> => (await services.backend()).helperCode(accountId(), id),
    invite: (name: string): Promise<HelperId> => ledger.act((context) => inviteHelper(context, name)),
    revoke: (id: HelperId): Promise<void> => ledger.act((context) => revokeHelper(context, id)),
  }
}
