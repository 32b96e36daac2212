/** What a list of packs must never contain beside what each of them must not: then whatever is posted on any day has one pack and no other. */
import { lintPack } from './lint-pack.ts'
import type { Pack, Packs } from './pack.ts'

export function lintPacks(packs: Packs): string[] {
  const nameOf = ({ id, version }: Pack) => `${id} ${version}`
  const names = packs.map(nameOf)
  const [first, ...later] = packs
  return [
    ...packs.flatMap((pack) => lintPack(pack).map((complaint) => `${nameOf(pack)}: ${complaint}`)),
    ...names.filter((name, at) => names.indexOf(name) !== at).map((name) => `${name}: occurs twice`),
    ...(first.inForceOn === undefined && first.city === undefined
      ? []
      : [`${nameOf(first)}: the first is in force from the beginning, for all`]),
    ...later.flatMap((pack, at) =>
      lintPlace(pack, packs[at] as Pack).map((wrong) => `${nameOf(pack)}: ${wrong}`),
    ),
  ]
}

/** Whichever stands later in the list counts: by its day, and of one day a city's own after what is for all. */
function lintPlace(pack: Pack, before: Pack): string[] {
  const { inForceOn } = pack
  if (inForceOn === undefined) return ['no day on which it comes into force']
  if (before.inForceOn === undefined || before.inForceOn < inForceOn) return []
  if (before.inForceOn > inForceOn) return ['stands after one that comes into force later']
  if (pack.city === undefined) return ['takes the place of another on the day on which that begins']
  return pack.city === before.city ? ['takes the place of another on the day on which that begins'] : []
}
