/** Of one account's journal: each report once, none without a consent at its beginning, and of one ride at most one record counts, at every seq. */
import type { AccountId } from '../../src/domain/base/ids.ts'
import { dayOf, type Instant } from '../../src/domain/base/time.ts'
import { relationOf } from '../../src/domain/evidence/same-act.ts'
import { emptyLedger, type Ledger, post } from '../../src/domain/ledger/ledger.ts'
import { askedIn, openBody, openDetail } from '../../src/domain/ledger/open-record.ts'
import type { RecordBody, RecordDetail } from '../../src/domain/ledger/record.ts'
import { rulesOf, toldBy } from '../../src/domain/ledger/rivals.ts'
import { packOf } from '../../src/domain/methodology/which-pack.ts'
import type { Backend } from '../support/backend.ts'
import { BrokenInvariant } from './checks.ts'

export async function checkReports(backend: Backend, accountId: AccountId): Promise<void> {
  const rows = await backend.db.query<{ body: string; detail: string | null }>(
    'select body, detail from records where account_id = $1 order by seq',
    [accountId],
  )
  const ledger = emptyLedger()
  const references = new Set<string>()
  const consents = new Map<string, { from: Instant; until?: Instant }>()
  /** Decided by a pack that tells what is the same. */
  const judged = new Set<string>()
  for (const row of rows) {
    const body = openBody(row.body)
    const detail = openDetail(row.detail) ?? {}
    post(ledger, body, detail)
    noteConsent(consents, body, detail)
    const { assessment } = detail
    const pack = assessment && packOf(assessment.packId, assessment.packVersion)
    if (pack?.sameAct) judged.add(body.kind === 'review.decide' ? (detail.about ?? '') : body.id)
    if (body.kind === 'activity.report') checkReport(detail, references, consents)
    if (assessment) checkOnce(ledger, { day: assessment.day, judged, seq: body.seq })
  }
}

function noteConsent(
  consents: Map<string, { from: Instant; until?: Instant }>,
  { kind, id, at, outcome }: RecordBody,
  detail: RecordDetail,
): void {
  if (outcome !== 'accepted') return
  const { about = '', provenAt = at } = detail
  const since = askedIn('consent.give', detail)?.since ?? provenAt
  if (kind === 'consent.give') consents.set(id, { from: Math.min(since, provenAt) })
  const ended = consents.get(about)
  if (kind === 'consent.withdraw' && ended) consents.set(about, { ...ended, until: provenAt })
}

function checkReport(
  { report }: RecordDetail,
  references: Set<string>,
  consents: ReadonlyMap<string, { from: Instant; until?: Instant }>,
): void {
  if (!report?.claim) throw new BrokenInvariant('a report without what was reported')
  if (references.has(report.reference)) throw new BrokenInvariant(`${report.reference} stands twice`)
  references.add(report.reference)
  const consent = consents.get(report.consentId)
  const { startedAt } = report.claim
  if (!consent || startedAt < consent.from || (consent.until !== undefined && startedAt >= consent.until))
    throw new BrokenInvariant(`${report.reference} was reported without a consent`)
}

function checkOnce(
  { days }: Ledger,
  { day, judged, seq }: { day: string; judged: ReadonlySet<string>; seq: number },
): void {
  const acts = (days[day] ?? []).filter(({ outcome }) => outcome === 'accepted' || outcome === 'adjusted')
  for (const [i, one] of acts.entries())
    for (const other of acts.slice(i + 1)) {
      if (!judged.has(one.id) || !judged.has(other.id)) continue
      if (relationOf(toldBy(one), toldBy(other), RULES) === 'same')
        throw new BrokenInvariant(
          `at ${seq} ${one.id} and ${other.id} of ${dayOf(one.startedAt)} are one and count twice`,
        )
    }
}

const pack = packOf('sd-demo', 3)
const RULES = (pack && rulesOf(pack)) as NonNullable<ReturnType<typeof rulesOf>>
