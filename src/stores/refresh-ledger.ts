/** What makes the rows and the fold of another build anew, as one lazy chunk. */
export { refresh } from '../db/journal.ts'
export { groupOfCode } from '../domain/methodology/which-pack.ts'
