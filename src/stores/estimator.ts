/** The rules and the pack that estimates need, as one lazy chunk: a screen without a waiting command is readable before it has come. */
export { needsToDecide } from '../domain/ledger/decide.ts'
export { usageNeeds, usageOf } from '../domain/ledger/ledger-usage.ts'
export * as previews from '../domain/ledger/preview-run.ts'
export { assess } from '../domain/methodology/assess.ts'
export { limitsLeft } from '../domain/methodology/limits-left.ts'
export { packInForce } from '../domain/methodology/which-pack.ts'
export { usePreviewWorld } from './preview-world.ts'
