/** The rules and the pack that estimates need, as one lazy chunk: a screen without a waiting command is readable before it has come. */
export { needsToDecide } from '../domain/ledger/decide.ts'
export * as previews from '../domain/ledger/preview-run.ts'
export { packInForce } from '../domain/methodology/which-pack.ts'
export { useExpecting } from './expecting.ts'
