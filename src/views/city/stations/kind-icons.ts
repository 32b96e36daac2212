/** The picture of each kind of station. */
import type { Component } from 'vue'
import IconBike from '~icons/ph/bicycle'
import IconCharging from '~icons/ph/charging-station'
import IconEnergy from '~icons/ph/gas-pump'
import type { StationKind } from '../../../contract/stations.ts'

export const kindIcons: Readonly<Record<StationKind, Component>> = {
  bike: IconBike,
  charging: IconCharging,
  energy: IconEnergy,
}
