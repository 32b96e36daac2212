/** From an entry of the journal, or a command still waiting, to what the list shows of it. Pure: names of offers and targets are handed in. */
import { stopsMade } from '../../components/activity/claim-words.ts'
import type { EntryFace, FaceState } from '../../components/entry/entry-face.ts'
import { timesOf } from '../../domain/methodology/corrected-times.ts'
import type { EntryRow } from '../../stores/entry-details.ts'
import type { WaitingEntry } from '../../stores/ledger.ts'
import { formatWhen } from '../../text/format-date.ts'
import { byHelperText } from '../../text/ledger/by-helper.ts'
import { ledgerText } from '../../text/ledger/ledger.ts'
import { reportText } from '../../text/ledger/report.ts'
import type { FaceContext } from './kinds/face.ts'
import { faceOfCommand, faceOfKind } from './kinds/kinds.ts'
import { aboutTitle } from './kinds/titles.ts'
import { netPoints } from './net-points.ts'

export function faceOfPosted(entry: EntryRow, context: FaceContext): EntryFace {
  const { language, now } = context
  const face = faceOfKind(entry.kind)
  const at = formatWhen(entry.occurredAt ?? entry.postedAt, now, language)
  const evidence = entry.trust && ledgerText[language].trusts[entry.trust]
  const made = stopsMade({ code: entry.code ?? '', quantity: entry.claimed, stops: entry.stops }, language)
  return {
    id: entry.id,
    icon: face.icon(entry.code),
    isWarm: face.isWarm ?? false,
    title: face.title(entry, context),
    meta: [at, made, evidence, entry.helper && byHelperText[language].by(entry.helper)]
      .filter(Boolean)
      .join(' · '),
    points: entry.points,
    ...(entry.grams === 0 ? {} : { grams: entry.grams }),
    state: stateOf(entry),
    ...noteOf(entry, context),
    isWaiting: false,
    canUndo: false,
  }
}

export function faceOfWaiting(waiting: WaitingEntry, context: FaceContext): EntryFace {
  const { command, decision, id } = waiting
  const { language, now } = context
  const isAct = command.kind === 'activity.record'
  const face = faceOfKind(command.kind)
  const asked = faceOfCommand(command)
  const at = formatWhen(
    isAct ? timesOf(command.body, decision.assessment).startedAt : command.at,
    now,
    language,
  )
  const evidence = isAct ? ledgerText[language].trusts[command.body.evidence.trust] : undefined
  const made = isAct ? stopsMade(command.body, language) : ''
  const grams = decision.assessment?.rewardGrams
  return {
    id,
    icon: face.icon(isAct ? command.body.code : undefined),
    isWarm: face.isWarm ?? false,
    title: asked.title(context),
    meta: [at, made, evidence].filter(Boolean).join(' · '),
    points: decision.outcome === 'review' ? 0 : netPoints(decision.transfers),
    ...(grams ? { grams } : {}),
    ...(decision.outcome === 'rejected' || decision.outcome === 'refused'
      ? { note: ledgerText[language].expectNothing }
      : {}),
    state: waiting.state === 'deferred' ? 'deferred' : waiting.isSent ? 'sent' : 'local',
    isWaiting: true,
    canUndo: !waiting.isOut && asked.canUndo,
  }
}

/** Of one that is part of another, that comes first. */
function noteOf({ note, mergedInto }: EntryRow, context: FaceContext): Pick<EntryFace, 'note'> {
  if (mergedInto !== undefined)
    return { note: reportText[context.language].mergedInto(aboutTitle(mergedInto, context)) }
  return note ? { note: shortened(note) } : {}
}

/** An operator's answer can be long: the list shows its beginning. */
const NOTE_SHOWN = 60

function shortened(note: string): string {
  const chars = [...note]
  return chars.length <= NOTE_SHOWN ? note : `${chars.slice(0, NOTE_SHOWN).join('')}…`
}

/** The last word on an entry: what became of it later goes before the first verdict. */
export function stateOf(entry: EntryRow): FaceState {
  if (entry.outcome === 'refused') return 'refused'
  switch (entry.later) {
    case undefined:
      return entry.outcome === 'accepted' && faceOfKind(entry.kind).accepted !== 'assessed'
        ? 'posted'
        : entry.outcome
    case 'appealed':
      return 'review'
    default:
      return entry.later
  }
}
