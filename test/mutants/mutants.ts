/** All small wrong changes, by the room that they are made in. */
import { BESIDE } from './beside.ts'
import { BOOK } from './book.ts'
import { DOMAIN } from './domain.ts'
import { EXCHANGE } from './exchange.ts'
import type { Mutant } from './mutant.ts'
import { PHONE } from './phone.ts'

export const MUTANTS: readonly Mutant[] = [...DOMAIN, ...PHONE, ...EXCHANGE, ...BOOK, ...BESIDE]
