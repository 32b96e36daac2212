/** The pieces of the search's index that were made at build time: build/search-pieces.ts puts one chunk for each in the place of this empty table. */
import type { BuiltPieces } from './search-piece.ts'

export const builtPieces: BuiltPieces = {}
