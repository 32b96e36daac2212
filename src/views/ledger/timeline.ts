/** Where a record stands, as steps in order: on the phone, sent, answered, and every later record about it. */
import type { Step } from '../../components/chart/TimelineSteps.vue'
import type { EntryRead, EntryRow } from '../../stores/entry-details.ts'
import type { WaitingEntry } from '../../stores/ledger.ts'
import { formatChange } from '../../text/format.ts'
import { formatDate, formatTime } from '../../text/format-date.ts'
import type { Language } from '../../text/language.ts'
import { ledgerText } from '../../text/ledger/ledger.ts'
import { faceOfKind } from './kinds/kinds.ts'

interface TimelineContext {
  readonly language: Language
  readonly now: number
  readonly isOnline: boolean
  readonly isGuest: boolean
}

function whenWords(at: number, { now, language }: TimelineContext): string {
  return `${formatDate(at, now, language)} ${formatTime(at, language)}`
}

export function waitingSteps(waiting: WaitingEntry, context: TimelineContext): Step[] {
  const t = ledgerText[context.language].steps
  const isAct = waiting.command.kind === 'activity.record'
  const { isSent, state, command } = waiting
  const wait = context.isGuest ? t.waitsForSignIn : context.isOnline ? t.waitsForBackend : t.waitsForNetwork
  return [
    {
      key: 'recorded',
      label: isAct ? t.recorded : t.requested,
      note: whenWords(command.at, context),
      state: 'done',
    },
    isSent
      ? { key: 'sent', label: t.sent, state: 'done' }
      : { key: 'sent', label: t.send, note: wait, state: 'now' },
    {
      key: 'answer',
      label: isAct ? t.assess : t.answer,
      ...(state === 'deferred' ? { note: t.deferred } : isSent ? { note: t.waitsForBackend } : {}),
      state: isSent ? 'now' : 'todo',
    },
  ]
}

export function postedSteps(
  { entry, later }: Pick<EntryRead, 'entry' | 'later'>,
  recordedAt: number | undefined,
  context: TimelineContext,
): Step[] {
  const t = ledgerText[context.language].steps
  const isAct = entry.code !== undefined
  const steps: Step[] = []
  if (recordedAt !== undefined) {
    const label = isAct ? t.recorded : t.requested
    steps.push({ key: 'recorded', label, note: whenWords(recordedAt, context), state: 'done' })
    steps.push({ key: 'sent', label: t.sent, state: 'done' })
  }
  const isOpen = entry.outcome === 'review' && later.length === 0
  steps.push({
    key: 'answer',
    label: verdictWord(entry, context),
    note: whenWords(entry.postedAt, context),
    state: isFailed(entry) ? 'failed' : isOpen ? 'now' : 'done',
  })
  for (const record of later) steps.push(laterStep(record, record === later.at(-1), context))
  return steps
}

function isFailed({ outcome }: EntryRow): boolean {
  return outcome === 'rejected' || outcome === 'refused'
}

function verdictWord({ kind, outcome }: EntryRow, { language }: TimelineContext): string {
  const t = ledgerText[language].steps
  switch (outcome) {
    case 'accepted':
      return t[faceOfKind(kind).accepted]
    case 'adjusted':
    case 'rejected':
    case 'review':
    case 'refused':
      return t[outcome]
  }
}

function laterStep(record: EntryRow, isLast: boolean, context: TimelineContext): Step {
  const t = ledgerText[context.language]
  const face = faceOfKind(record.kind)
  const change = record.points === 0 ? '' : ` · ${formatChange(record.points, context.language)}`
  const isOpen = isLast && record.kind === 'activity.appeal' && record.outcome === 'review'
  return {
    key: record.id,
    label: (face.laterWord ?? face.word)(t, record),
    note: `${whenWords(record.postedAt, context)}${change}`,
    state: isFailed(record) ? 'failed' : isOpen ? 'now' : 'done',
  }
}
