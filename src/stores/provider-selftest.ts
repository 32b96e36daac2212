/** For whoever runs a service that reports: their tokens tried. Keeps nothing. */
import type { CheckAnswer } from '../contract/report.ts'
import { useServices } from './services.ts'

export function useSelftest() {
  const services = useServices()
  return {
    checkReport: async (provider: string, token: string): Promise<CheckAnswer> =>
      (await services.backend()).checkReport(provider, token),
  }
}
