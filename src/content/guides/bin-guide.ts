/**
 * Which bin for which item: the items, those of one bin, and what a word with several meanings may mean. GB/T 19095 is the ground; where a
 * city sorts an item differently by a rule of its own, `bin-overrides.json` says so with the rule, and that city's people read that.
 */
import type { CityId } from '../../domain/base/city.ts'
import overrides from './bin-overrides.json' with { type: 'json' }
import type { Bin, BinItem, BinOverrides, OpenItem, SortedItem } from './bin-schema.ts'
import items from './bins.json' with { type: 'json' }

/** As the standard and common lists have them. */
export const binItems = items as unknown as readonly BinItem[]

const ofCities = new Map<CityId, readonly BinItem[]>()

/** As that city has them. */
export function binItemsIn(city: CityId): readonly BinItem[] {
  const known = ofCities.get(city) ?? withOverrides(binItems, (overrides as BinOverrides)[city])
  ofCities.set(city, known)
  return known
}

/** What the city says takes the place of what the standard says, tips and notes too: they were about the other bin. */
export function withOverrides(all: readonly BinItem[], own: BinOverrides[CityId]): readonly BinItem[] {
  if (!own) return all
  return all.map((item) => {
    const override = isSorted(item) ? own[item.id] : undefined
    if (!override || !isSorted(item)) return item
    const { id, nameZh, nameEn, alsoZh, alsoEn, bin } = item
    const { ruleZh, ruleEn, ...sorted } = override
    return { id, nameZh, nameEn, alsoZh, alsoEn, ...sorted, ofCity: { ruleZh, ruleEn, elsewhere: bin } }
  })
}

export function isSorted(item: BinItem): item is SortedItem {
  return 'bin' in item
}

/** The items that an open word may mean, in its order. */
export function meaningsOf(item: OpenItem, all: readonly BinItem[] = binItems): readonly SortedItem[] {
  return item.which.flatMap((id) => all.filter(isSorted).filter((one) => one.id === id))
}

export function itemsIn(bin: Bin, all: readonly BinItem[] = binItems): readonly SortedItem[] {
  return all.filter(isSorted).filter((item) => item.bin === bin)
}
