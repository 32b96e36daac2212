/** The rules and the pack that estimates need, as one lazy chunk: a screen without a waiting command is readable before it has come. */
export { needsToDecide } from '../domain/decide.ts'
export { usageNeeds, usageOf } from '../domain/ledger-usage.ts'
export { assess } from '../domain/methodology/assess.ts'
export { limitsLeft } from '../domain/methodology/limits-left.ts'
export { packInForce } from '../domain/methodology/which-pack.ts'
export * as previews from '../domain/preview-run.ts'
