/** The picture of each sort of service. */
import type { Component } from 'vue'
import IconBike from '~icons/ph/bicycle'
import IconBus from '~icons/ph/bus'
import IconCharging from '~icons/ph/charging-station'
import IconMeter from '~icons/ph/plug'
import IconRecycling from '~icons/ph/recycle'
import IconRide from '~icons/ph/taxi'
import IconMetro from '~icons/ph/train'
import IconSorting from '~icons/ph/trash'
import IconPlanting from '~icons/ph/tree'
import IconTakeBack from '~icons/ph/washing-machine'
import type { ProviderKind } from '../../../contract/providers.ts'

export const serviceIcons: Readonly<Record<ProviderKind, Component>> = {
  bus: IconBus,
  metro: IconMetro,
  bike: IconBike,
  ride: IconRide,
  charging: IconCharging,
  recycling: IconRecycling,
  sorting: IconSorting,
  planting: IconPlanting,
  meter: IconMeter,
  'take-back': IconTakeBack,
}
