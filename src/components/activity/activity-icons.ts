/** One picture per code of the pack. A code of a later pack gets a plain one. */
import type { Component } from 'vue'
import IconGlass from '~icons/ph/beer-bottle'
import IconBike from '~icons/ph/bicycle'
import IconNoCutlery from '~icons/ph/bowl-steam'
import IconBus from '~icons/ph/bus'
import IconEvent from '~icons/ph/calendar-check'
import IconEv from '~icons/ph/charging-station'
import IconCharging from '~icons/ph/charging-station'
import IconPhone from '~icons/ph/device-mobile'
import IconQuiz from '~icons/ph/exam'
import IconPlate from '~icons/ph/fork-knife'
import IconCarFree from '~icons/ph/garage'
import IconPlastic from '~icons/ph/jar'
import IconPower from '~icons/ph/lightning'
import IconEbike from '~icons/ph/moped'
import IconPaper from '~icons/ph/newspaper'
import IconMetal from '~icons/ph/nut'
import IconWalk from '~icons/ph/person-simple-walk'
import IconOther from '~icons/ph/plus-circle'
import IconClothes from '~icons/ph/t-shirt'
import IconTaxi from '~icons/ph/taxi'
import IconBag from '~icons/ph/tote'
import IconMetro from '~icons/ph/train'
import IconSorting from '~icons/ph/trash'
import IconTree from '~icons/ph/tree'
import IconTakeBack from '~icons/ph/washing-machine'

const icons: Readonly<Record<string, Component>> = {
  walk: IconWalk,
  bike: IconBike,
  ebike: IconEbike,
  metro: IconMetro,
  bus: IconBus,
  'nev-ride': IconTaxi,
  ev: IconEv,
  'car-free-day': IconCarFree,
  'power-saving': IconPower,
  clothes: IconClothes,
  'clean-plate': IconPlate,
  'own-bag': IconBag,
  'no-cutlery': IconNoCutlery,
  'second-hand-phone': IconPhone,
  plastic: IconPlastic,
  paper: IconPaper,
  glass: IconGlass,
  metal: IconMetal,
  'waste-sorting': IconSorting,
  tree: IconTree,
  quiz: IconQuiz,
  event: IconEvent,
  'ev-charging': IconCharging,
  'take-back': IconTakeBack,
}

export function activityIcon(code: string): Component {
  return icons[code] ?? IconOther
}
