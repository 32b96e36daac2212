/** A record of an office as a row of its list. */
import * as v from 'valibot'
import type { WireRecord } from '../../../contract/sync.ts'
import { openBody, openDetail } from '../../../domain/ledger/open-record.ts'

export interface JournalRow {
  readonly seq: number
  readonly at: number
  readonly kind: string
  readonly act: string
  readonly subject: string
  readonly who: string
  readonly note: string
  readonly digest: string
}

/** A later backend's commands may say more. */
const commandSchema = v.object({
  body: v.object({
    act: v.exactOptional(v.string()),
    subject: v.exactOptional(v.string()),
    digest: v.exactOptional(v.string()),
    proposalId: v.exactOptional(v.string()),
  }),
})

export function journalRow({ seq, body, detail }: WireRecord): JournalRow {
  const { at, kind } = openBody(body)
  const told = openDetail(detail ?? null)
  const asked = told?.command === undefined ? undefined : v.safeParse(commandSchema, JSON.parse(told.command))
  const said = asked?.success ? asked.output.body : {}
  return {
    ...{ seq, at, kind },
    act: said.act ?? '',
    subject: said.subject ?? said.proposalId ?? told?.about ?? '',
    who: told?.by?.operator?.name ?? '',
    note: told?.note ?? '',
    digest: said.digest ?? '',
  }
}
