/** From an entry of the journal, or a command still waiting, to what the list shows of it. Pure: names of offers and targets are handed in. */
import { claimWords } from '../../components/activity/claim-words.ts'
import type { EntryFace, FaceState } from '../../components/entry/entry-face.ts'
import { cityOfQuestion } from '../../content/quiz-registry.ts'
import { cityById } from '../../content/registry.ts'
import { timesOf } from '../../domain/methodology/corrected-times.ts'
import type { EntryRow } from '../../stores/entry-details.ts'
import type { WaitingEntry } from '../../stores/ledger.ts'
import { formatMonth, formatWhen } from '../../text/format.ts'
import type { Language } from '../../text/language.ts'
import { ledgerText } from '../../text/ledger.ts'
import { netPoints } from './net-points.ts'

export interface FaceContext {
  readonly language: Language
  readonly now: number
  /** Entries that others are about, by id. */
  readonly target: (id: string) => EntryRow | undefined
  /** What an offer is called, if the phone knows it. */
  readonly offerTitle: (offerId: string) => string | undefined
  /** The offer that a voucher was had for. */
  readonly offerOfVoucher: (voucherId: string) => string | undefined
}

export function faceOfPosted(entry: EntryRow, context: FaceContext): EntryFace {
  const { language, now } = context
  const isAct = entry.kind === 'activity.record'
  const at = formatWhen(entry.occurredAt ?? entry.postedAt, now, language)
  const evidence = entry.trust && ledgerText[language].trusts[entry.trust]
  return {
    id: entry.id,
    icon: isAct ? (entry.code ?? entry.kind) : entry.kind,
    title: titleOf(entry, context),
    meta: evidence ? `${at} · ${evidence}` : at,
    points: entry.points,
    ...(entry.grams === 0 ? {} : { grams: entry.grams }),
    state: stateOf(entry),
    ...(entry.note ? { note: shortened(entry.note) } : {}),
    isWaiting: false,
    canUndo: false,
  }
}

export function faceOfWaiting(waiting: WaitingEntry, context: FaceContext): EntryFace {
  const { command, decision, id } = waiting
  const { language, now } = context
  const isAct = command.kind === 'activity.record'
  const at = formatWhen(
    isAct ? timesOf(command.body, decision.assessment).startedAt : command.at,
    now,
    language,
  )
  const evidence = isAct ? ledgerText[language].trusts[command.body.evidence.trust] : undefined
  const grams = decision.assessment?.rewardGrams
  return {
    id,
    icon: isAct ? command.body.code : command.kind,
    title: titleOfCommand(waiting, context),
    meta: evidence ? `${at} · ${evidence}` : at,
    points: decision.outcome === 'review' ? 0 : netPoints(decision.transfers),
    ...(grams ? { grams } : {}),
    ...(decision.outcome === 'rejected' || decision.outcome === 'refused'
      ? { note: ledgerText[language].expectNothing }
      : {}),
    state: waiting.state === 'deferred' ? 'deferred' : waiting.isSent ? 'sent' : 'local',
    isWaiting: true,
    canUndo: !waiting.isSent && command.kind !== 'quiz.answer', // the first answer stands
  }
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
      return entry.outcome === 'accepted' && entry.kind !== 'activity.record' ? 'posted' : entry.outcome
    case 'appealed':
      return 'review'
    default:
      return entry.later
  }
}

function titleOf(entry: EntryRow, context: FaceContext): string {
  const t = ledgerText[context.language]
  const of = (kind: string) => t.ofWhat(kind, aboutTitle(entry.about, context))
  const named = (kind: string) => {
    const title = ownTitle(entry, context.language)
    return title === undefined ? kind : t.ofWhat(kind, title)
  }
  switch (entry.kind) {
    case 'activity.record':
      return claimWords({ code: entry.code ?? '', quantity: entry.claimed }, context.language)
    case 'voucher.redeem':
      return entry.offerId
        ? (context.offerTitle(entry.offerId) ?? t.aVoucher)
        : t.ofWhat(t.kinds.redeem, t.aVoucher)
    case 'activity.withdraw':
      return of(t.kinds.withdraw)
    case 'activity.appeal':
      return of(t.kinds.appeal)
    case 'review.decide':
      return of(t.kinds.review)
    case 'voucher.cancel':
      return of(t.kinds.cancelVoucher)
    case 'voucher.return':
      return of(t.kinds.voucherReturn)
    case 'voucher.expire':
      return of(t.kinds.voucherExpire)
    case 'voucher.settle':
      return of(t.kinds.voucherSettle)
    case 'voucher.accept':
      return t.kinds.accept
    case 'lot.expire':
      return t.ofWhat(t.kinds.lotExpire, t.lotOf(formatMonth(entry.about ?? '', context.language)))
    case 'quiz.answer':
      return quizTitle(entry.questionId, context.language)
    case 'event.check-in':
      return named(t.kinds.checkIn)
    case 'feedback.send':
      return named(t.kinds.feedback)
    case 'case.nominate':
      return named(t.kinds.nominate)
    case 'voice.answer':
      return of(t.kinds.voiceAnswer)
    case 'account.open':
      return t.kinds.open
    default:
      return t.kinds.unknown
  }
}

function titleOfCommand({ command }: WaitingEntry, context: FaceContext): string {
  const t = ledgerText[context.language]
  switch (command.kind) {
    case 'activity.record':
      return claimWords(command.body, context.language)
    case 'activity.withdraw':
      return t.ofWhat(t.kinds.withdraw, aboutTitle(command.body.activityId, context))
    case 'activity.appeal':
      return t.ofWhat(t.kinds.appeal, aboutTitle(command.body.activityId, context))
    case 'voucher.redeem':
      return t.ofWhat(t.kinds.redeem, context.offerTitle(command.body.offerId) ?? t.aVoucher)
    case 'voucher.cancel':
      return t.ofWhat(t.kinds.cancelVoucher, aboutTitle(command.body.voucherId, context))
    case 'voucher.accept':
      return t.kinds.accept
    case 'quiz.answer':
      return quizTitle(command.body.questionId, context.language)
    case 'event.check-in':
      return t.kinds.checkIn
    case 'feedback.send':
      return t.ofWhat(t.kinds.feedback, command.body.text)
    case 'case.nominate':
      return t.ofWhat(t.kinds.nominate, command.body.title)
  }
}

/** The question itself would fill the row; it stands on the entry's page. */
function quizTitle(questionId: string | undefined, language: Language): string {
  const t = ledgerText[language]
  const id = questionId === undefined ? undefined : cityOfQuestion(questionId)
  if (id === undefined) return t.kinds.answerQuiz
  const city = cityById(id)
  return t.ofWhat(t.kinds.answerQuiz, language === 'en' ? city.nameEn : city.nameZh)
}

function ownTitle({ titleZh, titleEn }: EntryRow, language: Language): string | undefined {
  return language === 'en' ? titleEn : titleZh
}

/** What a later record is about, in its own words; refused ones name nothing. */
function aboutTitle(about: string | undefined, context: FaceContext): string {
  const t = ledgerText[context.language]
  if (about === undefined) return t.entryTitle
  const offerId = context.offerOfVoucher(about)
  if (offerId) return context.offerTitle(offerId) ?? t.aVoucher
  const target = context.target(about)
  const title = target && ownTitle(target, context.language)
  if (title !== undefined) return title
  return target?.code
    ? claimWords({ code: target.code, quantity: target.claimed }, context.language)
    : t.entryTitle
}
