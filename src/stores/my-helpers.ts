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
  /** Their end waits for a network: until then they can log. */
  readonly isEnding: boolean
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
    const expected = ledger.projection.expected.helpers ?? {}
    return Object.entries({ ...posted, ...expected }).map(([key, { name }]) => {
      const id = key as HelperId
      const joinedAt = joined.value?.find(({ helperId }) => helperId === id)?.joinedAt
      const isPosted = id in posted
      return {
        id,
        name,
        isPosted,
        isEnding: isPosted && !(id in expected),
        ...(joinedAt === undefined ? {} : { joinedAt }),
      }
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
    revoke: (id: HelperId): Promise<'forgotten' | 'asked'> =>
      ledger.act((context) => revokeHelper(context, id)),
  }
}
