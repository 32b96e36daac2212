/** The hardships by name, and which of them a run goes through. `pages` and `sweeps` are the backend's own: see busy-sweeper.ts. */
import { randomOf } from '../support/random.ts'
import { Background } from './background.ts'
import { Calamities } from './calamities.ts'
import { Draws } from './draws.ts'
import { Farewells } from './farewells.ts'
import { Files } from './files.ts'
import { Helping } from './helping.ts'
import { operators } from './operators.ts'
import { Family } from './people.ts'
import { Planting } from './planting.ts'
import { Providers } from './providers.ts'
import { Shop } from './shops.ts'
import type { Tab } from './tabs.ts'
import type { Room, World } from './world.ts'
import { Years } from './years.ts'

export const ROOM_NAMES = [
  'operators',
  'pages',
  'sweeps',
  'people',
  'shop',
  'calamities',
  'files',
  'background',
  'years',
  'helping',
  'providers',
  'draws',
  'farewells',
  'planting',
] as const
export type RoomName = (typeof ROOM_NAMES)[number]

/** What `true` stands for: with one more of them, seeds of before would be other runs. Planting has seeds of its own. */
const TOGETHER = ROOM_NAMES.filter((name) => name !== 'planting')

export async function openRooms(
  world: World,
  { wanted = false, tabs }: { wanted: boolean | readonly RoomName[] | undefined; tabs: readonly Tab[] },
): Promise<readonly Room[]> {
  const names = wanted === true ? TOGETHER : wanted || []
  /** Each has its own dice, so that the others do the same without it. */
  const dice = (name: RoomName) => randomOf(world.seed + (10 + ROOM_NAMES.indexOf(name)) * 1_000_003)
  const family =
    names.includes('people') || names.includes('files') ? await Family.move(world, dice('people')) : undefined
  const rooms: Room[] = []
  let shop: Shop | undefined
  for (const name of names) {
    const given = { dice: dice(name), tabs }
    if (name === 'operators') rooms.push(operators(world, given.dice))
    if (name === 'shop') {
      shop = await Shop.open(world, {
        ...given,
        customers: () => [...tabs.map(({ phone }) => phone), ...(family?.signedIn() ?? [])],
      })
      rooms.push(shop)
    }
    if (name === 'farewells' && shop) rooms.push(new Farewells(world, { dice: given.dice, shop }))
    if (name === 'calamities') rooms.push(new Calamities(world, given))
    if (name === 'files') rooms.push(new Files(world, { ...given, family }))
    if (name === 'background') rooms.push(new Background(world, given))
    if (name === 'helping') rooms.push(await Helping.move(world, given))
    if (name === 'providers') rooms.push(new Providers(world, given))
    if (name === 'draws') rooms.push(await Draws.open(world, given))
    if (name === 'planting') rooms.push(await Planting.open(world, given))
    if (name === 'years') rooms.push(new Years(world, { dice: given.dice, tabs }))
  }
  return family ? [...rooms, family] : rooms
}
