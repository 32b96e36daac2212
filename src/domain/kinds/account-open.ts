/** The beginning of a journal. */
import { postNothing, type StepRules } from './kind.ts'

export const accountOpen: StepRules = { post: postNothing }
