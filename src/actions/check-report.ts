/** Checks a provider's report on the device, without a network: its signature, and that the record says what the report said. */
import type { ReportFacts } from '../domain/evidence/report.ts'
import { canonicalJson } from '../proof/canonical.ts'
import { isProvable } from '../proof/digest.ts'
import { type ProviderKey, readReport } from '../proof/report-token.ts'
import { reportedAct } from '../proof/reported-act.ts'

/** `differs`: the signature holds, for something else than the record says. `absent`: nothing to check it by, or no way to. */
export type ReportCheck = 'good' | 'bad' | 'differs' | 'absent'

export async function checkReport(
  report: ReportFacts,
  known: { readonly keys: readonly ProviderKey[]; readonly audience: string } | undefined,
): Promise<ReportCheck> {
  const keys = known?.keys.filter(({ provider }) => provider === report.provider) ?? []
  if (!known || keys.length === 0 || !isProvable()) return 'absent'
  try {
    const read = await readReport(report.token, { keys, audience: known.audience })
    if (read === 'key_unknown') return 'absent'
    if (typeof read === 'string') return 'bad'
    const isSame = read.provider === report.provider && read.jti === report.jti && read.iat === report.iat
    return isSame && saysTheSame(report, reportedAct(read)) ? 'good' : 'differs'
  } catch {
    return 'absent' // a browser without such keys
  }
}

/** What is taken back has no act in the record. */
function saysTheSame({ claim, reference }: ReportFacts, act: ReturnType<typeof reportedAct>): boolean {
  if (!claim) return true
  return act?.reference === reference && canonicalJson(act.claim) === canonicalJson(claim)
}
