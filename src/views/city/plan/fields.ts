/** A picture for each field and act, and the order in which fields are shown: what a citizen meets first comes first. */
import type { Component } from 'vue'
import IconConsumption from '~icons/ph/bag'
import IconFinance from '~icons/ph/bank'
import IconIncentive from '~icons/ph/coins'
import IconIndustry from '~icons/ph/factory'
import IconGovernance from '~icons/ph/gavel'
import IconBuilding from '~icons/ph/house-line'
import IconEnergy from '~icons/ph/lightning'
import IconWaste from '~icons/ph/recycle'
import IconTransport from '~icons/ph/train-simple'
import IconNature from '~icons/ph/tree'
import IconAdaptation from '~icons/ph/umbrella'
import IconEngagement from '~icons/ph/users-three'
import type { Audience, Domain } from '../../../content/schema.ts'

export const fieldIcons: Readonly<Record<Domain, Component>> = {
  transport: IconTransport,
  energy: IconEnergy,
  building: IconBuilding,
  waste: IconWaste,
  nature: IconNature,
  consumption: IconConsumption,
  'carbon-inclusion': IconIncentive,
  engagement: IconEngagement,
  adaptation: IconAdaptation,
  industry: IconIndustry,
  finance: IconFinance,
  governance: IconGovernance,
}

export const fieldOrder = Object.keys(fieldIcons) as readonly Domain[]

export const audienceOrder: readonly Audience[] = [
  'citizen',
  'merchant',
  'community',
  'enterprise',
  'government',
]

export function isDomain(text: string): text is Domain {
  return (fieldOrder as readonly string[]).includes(text)
}
