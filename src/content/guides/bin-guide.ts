/** Which bin for which item: the items, those of one bin, and what a word with several meanings may mean. */
import type { Bin, BinItem, OpenItem, SortedItem } from './bin-schema.ts'
import items from './bins.json' with { type: 'json' }

export const binItems = items as unknown as readonly BinItem[]

const byId = new Map(binItems.map((item) => [item.id, item]))

export function isSorted(item: BinItem): item is SortedItem {
  return 'bin' in item
}

/** The items that an open word may mean, in its order. */
export function meaningsOf(item: OpenItem): readonly SortedItem[] {
  return item.which.flatMap((id) => {
    const one = byId.get(id)
    return one && isSorted(one) ? [one] : []
  })
}

export function itemsIn(bin: Bin): readonly SortedItem[] {
  return binItems.filter(isSorted).filter((item) => item.bin === bin)
}
