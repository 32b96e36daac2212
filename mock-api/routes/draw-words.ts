/** What the OpenAPI document says of draws. */
import { drawAnswerSchema } from '../../src/contract/draws.ts'
import { describe } from './describe.ts'
import { catalog } from './words.ts'

export const drawWords = {
  draw: describe({
    ...catalog,
    summary: 'A draw: its terms, the root of its entries, and how it came out',
    params: ['offerId', 'version'],
    answer: drawAnswerSchema,
    problems: ['not_found'],
  }),
} as const
