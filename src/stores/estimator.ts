/** The rules and the pack that estimates need, as one lazy chunk: a screen without a waiting command is readable before it has come. */
export { usageOf } from '../domain/ledger-usage.ts'
export { assess } from '../domain/methodology/assess.ts'
export { shiftClaim } from '../domain/methodology/corrected-times.ts'
export { currentPack } from '../domain/methodology/current-pack.ts'
export { limitsLeft } from '../domain/methodology/limits-left.ts'
export { project } from '../domain/project.ts'
