/** Posting, lots, steps, caps, clocks: what both sides compute. */
import type { Mutant } from './mutant.ts'

const ledger = 'src/domain/ledger/ledger.ts'
const acts = 'src/domain/ledger/ledger-acts.ts'
const steps = 'src/domain/ledger/steps.ts'
const clock = 'src/domain/base/clock.ts'
const kinds = 'src/domain/kinds'

export const DOMAIN: readonly Mutant[] = [
  {
    name: 'what is taken back comes from the oldest lot',
    file: acts,
    find: 'if (next.lot !== undefined) activity.lot = next.lot\n  else if',
    replace: 'if',
    tests: ['domain/lots'],
  },
  {
    name: 'what a review takes away is counted anew by the day of the review',
    file: acts,
    find: 'const at = next.points > before || postedAt === undefined ? next.at : postedAt',
    replace: 'const at = next.at',
    tests: ['domain/posted-points'],
    only: 'points by posting',
  },
  {
    name: 'the fold remembers what was refused',
    file: ledger,
    find: "if (detail && body.outcome !== 'refused') rules.post",
    replace: 'if (detail) rules.post',
    tests: ['domain/ledger', 'domain/participation'],
  },
  {
    name: 'points posted are forgotten a day early',
    file: ledger,
    find: 'addDays(today, -7)',
    replace: 'addDays(today, -5)',
    tests: ['domain/posted-points'],
    only: 'points by posting',
  },
  {
    name: 'the week of posting has eight days',
    file: 'src/domain/ledger/ledger-usage.ts',
    find: 'const first = addDays(day, -6)',
    replace: 'const first = addDays(day, -7)',
    tests: ['domain/posted-points'],
    only: 'points by posting',
  },
  {
    name: 'a rejected ride blocks the right one at its time',
    file: 'src/domain/ledger/ledger-usage.ts',
    find: "outcome !== 'rejected' && outcome !== 'withdrawn'",
    replace: "outcome !== 'withdrawn'",
    tests: ['domain/standing'],
  },
  {
    name: 'the first week’s cap never ends',
    file: 'src/domain/methodology/caps.ts',
    find: 'if (isFirstWeek && openFirstWeekPoints)',
    replace: 'if (openFirstWeekPoints)',
    tests: ['domain/posted-points'],
    only: 'points by posting',
  },
  {
    name: 'an end at the very beginning is taken for a length',
    file: 'src/domain/methodology/plausible.ts',
    find: 'return endedAt !== undefined && endedAt > startedAt',
    replace: 'return endedAt !== undefined && endedAt >= startedAt',
    tests: ['domain/methodology/plausible'],
  },
  {
    name: 'a corrected act keeps the end that the wrong clock gave it',
    file: 'src/domain/methodology/corrected-times.ts',
    find: '{ endedAt: endedAt + shiftMs }',
    replace: '{ endedAt }',
    tests: ['domain/corrected-clock'],
  },
  {
    name: 'points return to a lot that ends tomorrow',
    file: 'src/domain/ledger/prolonged.ts',
    find: 'const later = lotOnReturn(month, at)',
    replace: 'const later = month',
    tests: ['domain/lots'],
  },
  {
    name: 'each of several returns repays the whole debt',
    file: `${kinds}/voucher-return.ts`,
    find: '    debt.left -= repaid\n',
    replace: '',
    tests: ['domain/lots'],
  },
  {
    name: 'what is due is due a moment later',
    file: steps,
    find: '.filter(({ at }) => at <= now)',
    replace: '.filter(({ at }) => at < now)',
    tests: ['domain/lots', 'domain/ledger'],
  },
  {
    name: 'the newest points are spent first',
    file: 'src/domain/ledger/lot.ts',
    find: '(a.month < b.month ? -1 : 1)',
    replace: '(a.month > b.month ? -1 : 1)',
    tests: ['domain/lots', 'domain/ledger'],
  },
  {
    name: 'a voucher ends at the beginning of its last day',
    file: 'src/domain/offers/voucher.ts',
    find: 'offer.validDays)) + DAY_MS',
    replace: 'offer.validDays))',
    tests: ['domain/ledger'],
  },
  {
    name: 'what repays a debt can be spent as well',
    file: 'src/domain/ledger/earnings.ts',
    find: 'const kept = earned.points - repaid',
    replace: 'const kept = earned.points',
    tests: ['domain/ledger'],
  },
  {
    name: 'the phone promises points that a shop may have been paid',
    file: 'src/domain/ledger/as-of.ts',
    find: "    if (kind === 'voucher.return') continue\n",
    replace: '',
    tests: ['domain/as-of'],
  },
  {
    name: 'a second cancellation puts the return off',
    file: `${kinds}/voucher-cancel.ts`,
    find: "  if (voucher.returnsAt !== undefined) return refuse('voucher_ended')\n",
    replace: '',
    tests: ['domain/ledger'],
  },
  {
    name: 'a clock in doubt is believed',
    file: `${kinds}/activity-decision.ts`,
    find: '...(isTimed ? clockFindings(made.doubtMs) : [])',
    replace: '...[]',
    tests: ['domain/corrected-clock'],
  },
  {
    name: 'a command may be made ahead of the backend’s clock',
    file: clock,
    find: 'return found(at, Math.min(unchanged, latest), doubtMs)',
    replace: 'return found(at, unchanged, doubtMs)',
    tests: ['domain/clock'],
  },
  {
    name: 'the page’s own time is not looked at',
    file: clock,
    find: 'const latest = isSamePage ? now - (page.elapsed - clock.elapsed) : now',
    replace: 'const latest = now',
    tests: ['domain/clock'],
  },
  {
    name: 'the last sync does not bound a command’s time',
    file: clock,
    find: 'clock?.syncedAt ?? PROGRAMME_BEGAN_AT',
    replace: 'PROGRAMME_BEGAN_AT',
    tests: ['domain/clock'],
  },
]
