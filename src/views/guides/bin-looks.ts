/** The picture of each bin, and the order in which bins are shown: the four that stand in the yard first. */
import type { Component } from 'vue'
import IconKitchen from '~icons/ph/bowl-food'
import IconBulky from '~icons/ph/couch'
import IconSpecial from '~icons/ph/hand-palm'
import IconRecyclable from '~icons/ph/recycle'
import IconHazardous from '~icons/ph/skull'
import IconOther from '~icons/ph/trash'
import IconRenovation from '~icons/ph/wall'
import type { Bin } from '../../content/guides/bin-schema.ts'

export const binIcons: Readonly<Record<Bin, Component>> = {
  recyclable: IconRecyclable,
  hazardous: IconHazardous,
  kitchen: IconKitchen,
  other: IconOther,
  bulky: IconBulky,
  renovation: IconRenovation,
  special: IconSpecial,
}

export const binOrder = Object.keys(binIcons) as readonly Bin[]

/** The standard's four classes. */
export const yardBins: readonly Bin[] = binOrder.slice(0, 4)

export function isBin(text: string): text is Bin {
  return (binOrder as readonly string[]).includes(text)
}
