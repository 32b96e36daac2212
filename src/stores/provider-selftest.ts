/** For whoever runs a service that reports: their tokens and files tried, and files delivered by an operator. Keeps nothing. */
import type { Delivered } from '../contract/desk.ts'
import type { CheckAnswer } from '../contract/report.ts'
import { useServices } from './services.ts'

export function useSelftest() {
  const services = useServices()
  return {
    checkReport: async (provider: string, token: string): Promise<CheckAnswer> =>
      (await services.backend()).checkReport(provider, token),
    deliverFile: async (
      provider: string,
      file: { bytes: Uint8Array<ArrayBuffer>; bearer: string },
    ): Promise<Delivered> => (await services.backend()).deliverFile(provider, file),
  }
}
