/** Providers as the phone knows them, and the check of what one of them reported. */
import { type ComputedRef, computed } from 'vue'
import type { CertificateCheck } from '../actions/check-certificate.ts'
import type { ReportCheck } from '../actions/check-report.ts'
import type { ProvidersAnswer } from '../contract/providers.ts'
import { readTrustedKeys } from '../db/device.ts'
import type { ReportFacts } from '../domain/evidence/report.ts'
import { useKeptStore } from './kept.ts'
import { useServices } from './services.ts'

export type { CertificateCheck, Donation } from '../actions/check-certificate.ts'
export type { ReportCheck } from '../actions/check-report.ts'

/** As kept on the phone; asked for anew where there is a network. */
export function useProviders(): ComputedRef<ProvidersAnswer | undefined> {
  const kept = useKeptStore()
  const { value } = kept.live('providers')
  void kept.refresh('providers')
  return computed(() => value.value?.value as ProvidersAnswer | undefined)
}

/** By whatever keys the phone keeps; without any, nobody is known. */
export async function checkCertificate(
  text: string,
  known: ProvidersAnswer | undefined,
): Promise<CertificateCheck> {
  const actions = await import('../actions/check-certificate.ts')
  const keys = known?.providers.flatMap((provider) => provider.keys) ?? []
  const own = await ownKeys()
  return actions.checkCertificate(text, { keys, audience: known?.audience ?? '', own })
}

/** The programme's, as this phone trusts them; where it has none yet, or none that certificates are signed by, they are asked for. */
async function ownKeys(): ReturnType<typeof readTrustedKeys> {
  const { device, backend } = useServices()
  const held = await readTrustedKeys(device)
  if (held.keys.some(({ purpose }) => purpose === 'certificates')) return held
  return (await backend()).trustedKeys(device).catch(() => held)
}

export async function checkReport(
  report: ReportFacts,
  known: ProvidersAnswer | undefined,
): Promise<ReportCheck> {
  const actions = await import('../actions/check-report.ts') // signatures are a heavy chunk that lists do not need
  const keys = known?.providers.flatMap((provider) => provider.keys)
  return actions.checkReport(report, keys && { keys, audience: known?.audience ?? '' })
}
