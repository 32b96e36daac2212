/** Everything that operators can do in an office's name, by the name that stands in its records. An act that is not here is run by nobody. */
import type { OfficeAct, OfficeActs } from '../base/office-act.ts'
import { PEOPLE_ACTS } from './people-acts.ts'

const ALL: readonly OfficeAct[] = [...PEOPLE_ACTS]

export const ACTS: OfficeActs = Object.fromEntries(ALL.map((act) => [act.name, act]))
