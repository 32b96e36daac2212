/** An act as far as doing it again goes: what was done, how much, in whose words, and when. */
import type { Instant } from '../base/time.ts'
import type { Quantity } from './activity.ts'

export interface PastAct {
  readonly code: string
  readonly quantity?: Quantity | undefined
  readonly stops?: number | undefined
  readonly note?: string | undefined
  /** When it began, where that is known. */
  readonly at?: Instant | undefined
}

/** The same for the same kind, amount and words, whenever it was. */
export function actKey({ code, quantity, stops, note }: PastAct): string {
  return [code, quantity?.value ?? '', stops ?? '', note ?? ''].join('\n')
}
