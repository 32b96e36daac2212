/** Bugs of a planting day that someone could write, put into its rows before the room goes on. */
import type { Sabotage } from './sabotage.ts'
import type { World } from './world.ts'

type Bent = Exclude<Extract<Sabotage, `a planting ${string}`>, 'a planting day is attended twice'>

const BUGS: Readonly<Record<Bent, (world: World) => Promise<unknown>>> = {
  /** A place that was taken is counted as free once more. */
  'a planting day gives a place twice': ({ backend }) =>
    backend.db.query(
      `update offer_stock set remaining = remaining + 1 /* all offers */
        where strpos(offer_id, 'planting/') = 1 and remaining = 0 and total > 0`,
    ),
  'a planting day forgets to tell': ({ backend }) =>
    backend.db.query('update sign_ups set told_revision = 1000000 /* all accounts */'),
}

export async function bendPlanting(world: World): Promise<void> {
  for (const [name, bug] of Object.entries(BUGS)) if (name === world.sabotage) await bug(world)
}
