/** The beginning of a journal. */
import { noDays, postNothing, type StepRules } from './kind.ts'

export const accountOpen: StepRules = { post: postNothing, needs: noDays }
