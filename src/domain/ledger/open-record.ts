/**
 * The one reader of a record's texts that are at home here: made by ourselves, or held to their schema where they came in
 * (`contract/record.ts`, `contract/command.ts`). They get their types once, and whoever reads on has no text to parse.
 */
import type { ActivityClaim } from '../evidence/activity.ts'
import type { Command, CommandBodies, CommandKind } from './command.ts'
import type { RecordBody, RecordDetail } from './record.ts'

export function openBody(text: string): RecordBody {
  return JSON.parse(text) as RecordBody
}

/** Undefined once it is deleted. */
export function openDetail(text: string | null | undefined): RecordDetail | undefined {
  return text == null ? undefined : (JSON.parse(text) as RecordDetail)
}

/** What was asked for, in the words of the device. Undefined once the detail is deleted, for steps, and for a command of another kind. */
export function askedIn<Kind extends CommandKind>(
  kind: Kind,
  detail: RecordDetail | undefined,
): CommandBodies[Kind] | undefined {
  const command = commandIn(detail)
  return command?.kind === kind ? (command.body as CommandBodies[Kind]) : undefined
}

/** The act that a record is of, whoever stated it. */
export function claimIn(detail: RecordDetail | undefined): ActivityClaim | undefined {
  return askedIn('activity.record', detail) ?? detail?.report?.claim
}

export function commandIn(detail: RecordDetail | undefined): Command | undefined {
  return detail?.command === undefined ? undefined : openCommand(detail.command)
}

export function openCommand(text: string): Command {
  return JSON.parse(text) as Command
}
