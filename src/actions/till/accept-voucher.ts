/**
 * Accepts a voucher: its verdict is asked for once more at the tap, and whoever is told yes has it on the disk. Anything else hands out nothing.
 */
import { addAcceptance } from '../../db/acceptances.ts'
import type { PageReading } from '../../domain/base/clock.ts'
import type { CommandId } from '../../domain/base/ids.ts'
import { tillTime } from '../../domain/till/till-clock.ts'
import { namesOf, type Verdict } from '../../domain/till/verdict.ts'
import { makeCommand } from '../make-command.ts'
import { checkVoucher, type TillContext, tillClock } from './check-voucher.ts'
import type { ReadShown } from './read-shown.ts'

type Accepted = { readonly id: CommandId; readonly verdict: Verdict & { kind: 'accept' } }

/** The verdict alone where it is no longer yes. Throws where it could not be written. */
export async function acceptVoucher(
  context: TillContext & { readonly newId: () => CommandId; readonly page?: () => PageReading },
  { shown, naming }: ReadShown,
): Promise<Accepted | { readonly verdict: Verdict }> {
  const verdict = await checkVoucher(context, shown)
  const acceptedAt = tillTime(await tillClock(context))
  if (verdict.kind !== 'accept' || !naming || 'fault' in shown || acceptedAt === undefined) return { verdict }
  const command = makeCommand(context, 'voucher.accept', { ...naming, acceptedAt: context.now() })
  const { offer, fen, connectBy } = verdict
  const before = await addAcceptance(context.db, command, {
    names: namesOf(shown),
    acceptedAt,
    connectBy,
    offerId: offer.id,
    titleZh: offer.titleZh,
    titleEn: offer.titleEn,
    ...(fen === undefined ? {} : { fen }),
  })
  if (!before) return { id: command.id, verdict }
  const { acceptedAt: at, till } = before
  return { verdict: { kind: 'already_accepted', at, ...(till === undefined ? {} : { till }) } }
}
