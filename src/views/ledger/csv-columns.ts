/** The columns of the exported table: words in the chosen language, units in the header, dates in ISO 8601, numbers unrounded. */
import { activityName } from '../../components/activity/claim-words.ts'
import type { CsvColumn, EntryRow } from '../../stores/entry-details.ts'
import { activityText } from '../../text/activity/activities.ts'
import { commonText } from '../../text/app/common.ts'
import type { Language } from '../../text/language.ts'
import { ledgerText } from '../../text/ledger/ledger.ts'
import { exportText } from '../../text/ledger/ledger-export.ts'
import { stateOf } from './faces.ts'
import { faceOfKind } from './kinds/kinds.ts'

export function csvColumns(options: {
  language: Language
  iso: (at: number) => string
  offerTitle: (id: string) => string | undefined
}): CsvColumn[] {
  const { language, iso, offerTitle } = options
  const t = ledgerText[language]
  const head = exportText[language].csvHead
  return [
    { header: head.seq, value: ({ seq }) => seq },
    { header: head.postedAt, value: ({ postedAt }) => iso(postedAt) },
    {
      header: head.occurredAt,
      value: ({ occurredAt }) => (occurredAt === undefined ? undefined : iso(occurredAt)),
    },
    { header: head.kind, value: (entry) => faceOfKind(entry.kind).word(t, entry) },
    {
      header: head.name,
      value: ({ code, offerId, questionId, titleZh, titleEn }) =>
        code
          ? activityName(code, language)
          : offerId
            ? (offerTitle(offerId) ?? offerId)
            : ((language === 'en' ? titleEn : titleZh) ?? questionId),
    },
    { header: head.quantity, value: ({ claimed }) => claimed && inUnit(claimed) },
    { header: head.unit, value: ({ claimed }) => claimed && activityText[language].units[claimed.unit] },
    { header: head.stops, value: ({ stops }) => stops },
    { header: head.evidence, value: ({ trust }) => trust && t.trusts[trust] },
    { header: head.outcome, value: ({ outcome }) => outcomeWord(outcome, language) },
    {
      header: head.later,
      value: (entry) => (entry.later === undefined ? undefined : outcomeWord(stateOf(entry), language)),
    },
    { header: head.grams, value: ({ grams }) => grams },
    { header: head.points, value: ({ points }) => points },
    { header: head.note, value: ({ note }) => note },
    { header: head.id, value: ({ id }) => id },
    { header: head.about, value: ({ about }) => about },
  ]
}

function inUnit({ value, unit }: NonNullable<EntryRow['claimed']>): number {
  return unit === 'count' ? value : value / 1000
}

export function outcomeWord(state: ReturnType<typeof stateOf>, language: Language): string {
  const { later, refused, waitingWords } = ledgerText[language]
  switch (state) {
    case 'refused':
      return refused
    case 'posted':
      return ledgerText[language].steps.posted
    case 'withdrawn':
    case 'used':
    case 'returned':
    case 'refunded':
    case 'disputed':
    case 'upheld':
    case 'dismissed':
    case 'paid':
    case 'in_progress':
    case 'answered':
    case 'adopted':
    case 'selected':
    case 'declined':
    case 'booked':
    case 'confirmed':
    case 'on_way':
    case 'collected':
    case 'missed':
    case 'turned_down':
    case 'called_off':
    case 'superseded':
    case 'ended':
    case 'won':
    case 'lost':
    case 'left':
    case 'signed_up':
    case 'off':
    case 'came':
    case 'absent':
      return later[state]
    case 'deferred':
      return waitingWords.deferred
    default:
      return commonText[language].states[state]
  }
}

/** `2026-11-16T17:20:00+08:00`: ISO 8601 in Shandong's time. */
export function isoInShandong(at: number): string {
  const parts = new Intl.DateTimeFormat('sv-SE', {
    timeZone: 'Asia/Shanghai',
    dateStyle: 'short',
    timeStyle: 'medium',
  }).format(at)
  return `${parts.replace(' ', 'T')}+08:00`
}
