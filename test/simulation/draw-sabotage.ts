/** Bugs of a draw that someone could write, put into its rows before the sweeper goes on. */
import { changeAccount } from '../../mock-api/book/append.ts'
import { draft } from '../../mock-api/book/writing.ts'
import type { AccountId } from '../../src/domain/base/ids.ts'
import { monthOf } from '../../src/domain/base/time.ts'
import type { Sabotage } from './sabotage.ts'
import type { World } from './world.ts'

type Bent = Extract<Sabotage, `a draw ${string}`>

const BUGS: Readonly<Record<Bent, (world: World) => Promise<unknown>>> = {
  'a draw gives one piece more': ({ backend }) =>
    backend.db.query(
      `update offers set offer = regexp_replace(offer, '"pieces":\\d+', '"pieces":9') /* all offers */ where strpos(offer, '"pieces":') > 0`,
    ),
  'a draw counts an entry twice': ({ backend }) =>
    backend.db.query(
      `insert into draw_entries (offer_key, version, entry_id, offer_id, account_id, state, attempt, claimed_at, is_told)
       select e.offer_key, e.version, reverse(e.entry_id), e.offer_id, e.account_id, 'in', 1, e.claimed_at, false
         from draw_entries e join draws d /* all offers */ on d.offer_key = e.offer_key and d.version = e.version
        where d.state = 'open' and e.state = 'in' on conflict do nothing`,
    ),
  'a draw keeps who has left': ({ backend }) =>
    backend.db.query(
      `insert into draw_entries (offer_key, version, entry_id, offer_id, account_id, state, attempt, claimed_at, is_told)
       select d.offer_key, d.version, r.command_id, d.offer_id, r.account_id, 'in', 1, 0, false
         from records r join draws d /* all offers */ on strpos(r.detail, '"offerId":"' || d.offer_id || '"') > 0
        where d.state = 'open' and r.outcome = 'accepted' and strpos(r.body, '"kind":"draw.enter"') > 0 on conflict do nothing`,
    ),
  'a draw leaves one out of its list': ({ backend }) =>
    backend.db.query(
      `delete from draw_entries using draws d /* all offers */
        where d.offer_key = draw_entries.offer_key and d.version = draw_entries.version and d.state = 'done' and rank = d.size`,
    ),
  'a draw forgets to tell': ({ backend }) =>
    backend.db.query('update draw_entries set is_told = true /* all offers */ where rank is not null'),
  'a draw tells twice': async ({ backend, newId }) => {
    const rows = await backend.db.query<{ accountId: AccountId; entryId: string }>(
      `select account_id as "accountId", entry_id as "entryId" from draw_entries /* all offers */ where is_told limit 1`,
    )
    for (const { accountId, entryId } of rows)
      await changeAccount(backend.deps, accountId, async (writing) => {
        draft(writing, {
          ...{ by: 'step', kind: 'draw.lost', id: `draw.lost:${newId()}`, outcome: 'accepted' },
          ...{
            transfers: [
              {
                asset: 'points',
                debit: 'issuance',
                credit: 'available',
                amount: 5,
                lot: monthOf(writing.at),
              },
            ],
          },
          detail: { about: entryId },
        })
      }).catch(() => undefined) // its account is gone
  },
}

export async function bendDraws(world: World): Promise<void> {
  for (const [name, bug] of Object.entries(BUGS)) if (name === world.sabotage) await bug(world)
}
