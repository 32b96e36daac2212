/** Services that report for the person: who there is, which are linked, and how each link stands. All but the last reads without a network. */
import { computed, shallowRef, watch } from 'vue'
import { endConsent } from '../actions/end-consent.ts'
import { giveConsent } from '../actions/give-consent.ts'
import { useLive } from '../composables/useLive.ts'
import { useOnline } from '../composables/useOnline.ts'
import type { LinkCode, LinksAnswer } from '../contract/links.ts'
import type { Provider } from '../contract/providers.ts'
import { liveLastReports } from '../db/report-reads.ts'
import type { CommandId } from '../domain/base/ids.ts'
import { DAY_MS } from '../domain/base/time.ts'
import { type ConsentId, scopeOf } from '../domain/ledger/consent.ts'
import type { FeedValue } from '../sync/feeds.ts'
import { useDeviceStore } from './device.ts'
import { useKeptStore } from './kept.ts'
import { useLedgerStore } from './ledger.ts'
import { useServices } from './services.ts'

export type ServiceLink =
  | { readonly kind: 'none' }
  /** The consent is on the phone and not yet in the ledger. */
  | { readonly kind: 'sending'; readonly consentId: ConsentId }
  /** The service has still to be shown a code; `refusal`: it was, and the card is somebody else's. */
  | { readonly kind: 'unconfirmed'; readonly consentId: ConsentId; readonly refusal?: string }
  | { readonly kind: 'linked'; readonly consentId: ConsentId; readonly since: number }
  /** Without a network nobody knows whether the service has confirmed it. */
  | { readonly kind: 'given'; readonly consentId: ConsentId }
  /** Its end waits for a network: until then the service still reports. */
  | { readonly kind: 'ending'; readonly consentId: ConsentId }

export function useLinkedServices() {
  const services = useServices()
  const device = useDeviceStore()
  const ledger = useLedgerStore()
  const kept = useKeptStore()
  const isOnline = useOnline()
  const { value: row } = kept.live('providers')
  const { value: lastReports } = useLive(() => (device.db ? liveLastReports(device.db) : undefined))
  const links = shallowRef<LinksAnswer['links']>()
  const accountId = computed(() => (device.current?.kind === 'account' ? device.current.ledgerId : undefined))
  const standing = computed(() =>
    Object.values(ledger.base?.ledger.consents ?? {}).filter(({ endedAt }) => endedAt === undefined),
  )

  /** Never throws: what is not known stays unknown. */
  async function refreshLinks(): Promise<void> {
    if (accountId.value === undefined || !isOnline.value) return
    try {
      links.value = await (await services.backend()).links(accountId.value)
    } catch {
      links.value = undefined
    }
  }

  watch(
    isOnline,
    (online) => {
      if (online) void kept.refresh('providers')
    },
    { immediate: true },
  )
  watch([accountId, isOnline, () => standing.value.length], () => void refreshLinks(), { immediate: true })

  function linkOf(provider: string): ServiceLink {
    const scope = scopeOf(provider)
    const ending = ledger.waiting.flatMap(({ command }) =>
      command.kind === 'consent.withdraw' ? [command.body.consentId] : [],
    )
    const given = standing.value.filter((each) => each.scope === scope)
    const consent = given.find(({ id }) => !ending.includes(id))
    if (!consent) {
      const asked = ledger.waiting.find(
        ({ command }) => command.kind === 'consent.give' && command.body.scope === scope,
      )
      if (asked) return { kind: 'sending', consentId: asked.command.id as ConsentId }
      return given[0] ? { kind: 'ending', consentId: given[0].id } : { kind: 'none' }
    }
    const { id: consentId } = consent
    const link = links.value?.find((each) => each.consentId === consentId)
    if (!link) return { kind: 'given', consentId }
    const { confirmedAt, refusal } = link
    if (confirmedAt !== null) return { kind: 'linked', consentId, since: confirmedAt }
    return { kind: 'unconfirmed', consentId, ...(refusal === null ? {} : { refusal }) }
  }

  const backendOf = async () => ({ backend: await services.backend(), account: accountId.value as string })

  return {
    providers: computed(() => (row.value?.value as FeedValue<'providers'> | undefined)?.providers),
    /** When the backend last said that the list holds. */
    at: computed(() => row.value?.at),
    hasFailed: computed(() => kept.failureOf('providers') !== undefined),
    refresh: () => kept.refresh('providers', undefined, { isForced: true }),
    /** Until then nobody knows what is linked. */
    isRead: computed(() => ledger.isRead && !ledger.restoring),
    linkOf,
    /** Something can be asked of it. A consent that waits goes up before what is asked. */
    isLinked: (provider: string) => !['none', 'ending'].includes(linkOf(provider).kind),
    refreshLinks,
    lastReportOf: (provider: string) => lastReports.value?.get(provider),
    link: ({ id, terms }: Provider): Promise<CommandId> =>
      ledger.act((context) => {
        // Whoever links in the evening has ridden in the morning.
        const since = context.now() - DAY_MS
        return giveConsent(context, { provider: id, terms, since })
      }),
    unlink: (consentId: ConsentId) => ledger.act((context) => endConsent(context, consentId)),
    /** Throws a SyncProblem without a network, and as long as the consent is not in the ledger. */
    async codeFor(consentId: ConsentId): Promise<LinkCode> {
      const { backend, account } = await backendOf()
      return backend.linkCode(account, consentId)
    },
    async demoLink(provider: string, code: string): Promise<void> {
      await (await services.backend()).demoLink(provider, code)
      await refreshLinks()
    },
    async demoAct(provider: string, consentId: ConsentId): Promise<void> {
      const { backend, account } = await backendOf()
      await backend.demoAct(account, { provider, consentId })
    },
  }
}
