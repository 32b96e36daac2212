/** A posted entry taken apart: body, detail, command, claim, assessment. Detail and all in it are absent once it was deleted. */
import type { ActivityClaim } from '../../domain/evidence/activity.ts'
import type { Command } from '../../domain/ledger/command.ts'
import { claimIn, commandIn, openBody, openDetail } from '../../domain/ledger/open-record.ts'
import type { RecordBody, RecordDetail } from '../../domain/ledger/record.ts'
import type { EntryRead } from '../../stores/entry-details.ts'

export interface ReadRecord {
  readonly body: RecordBody
  readonly detail: RecordDetail | undefined
  readonly command: Command | undefined
  /** The command's text as it was sent. */
  readonly text: string | undefined
  readonly claim: ActivityClaim | undefined
}

export function readRecord({ row }: EntryRead): ReadRecord {
  const body = openBody(row.body)
  const detail = openDetail(row.detail)
  const text = detail?.command
  const command = commandIn(detail)
  const claim = body.kind === 'activity.correct' ? undefined : claimIn(detail)
  return { body, detail, command, text, claim }
}
