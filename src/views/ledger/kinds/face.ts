/** What the screen shows of a kind of record: icon, title, words in lists, table and timeline, and where its page leads. */
import type { Component } from 'vue'
import type { CommandKind, CommandOf } from '../../../domain/ledger/command.ts'
import type { EntryRow } from '../../../stores/entry-details.ts'
import type { Language } from '../../../text/language.ts'
import type { ledgerText } from '../../../text/ledger/ledger.ts'

export type LedgerWords = (typeof ledgerText)[Language]

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

export interface KindFace {
  /** @param code of an act */
  readonly icon: (code: string | undefined) => Component
  readonly isWarm?: boolean
  /** What it is called in the table and beside what it is about. */
  readonly word: (t: LedgerWords, entry: EntryRow) => string
  /** On the timeline of what it is about, where its word would not do. */
  readonly laterWord?: (t: LedgerWords, entry: EntryRow) => string
  readonly title: (entry: EntryRow, context: FaceContext) => string
  /** Its title holds what the person wrote: not for a paper that others read. */
  readonly holdsWords?: boolean
  /** How its acceptance is said. */
  readonly accepted: 'assessed' | 'granted' | 'posted'
  /** What `about` names: an entry of the ledger has a title to read and a page to lead to. */
  readonly about: 'entry' | 'voucher' | 'month'
  /** The voucher that its page leads to. */
  readonly voucherIn?: (entry: EntryRow) => string | undefined
}

/** Of a kind that a person can ask for: as long as it waits as well. */
export interface CommandFace<Kind extends CommandKind> extends KindFace {
  readonly titleAsked: (command: CommandOf<Kind>, context: FaceContext) => string
  /** The entry that the request is about. */
  readonly asksAbout?: (command: CommandOf<Kind>) => string
  /** Asked for once and for all, sent or not. */
  readonly cannotUndo?: boolean
}

/** Of all that happens to a voucher. */
export const voucherFace = {
  isWarm: true,
  accepted: 'granted',
  about: 'voucher',
  voucherIn: ({ about }: EntryRow) => about,
} as const
