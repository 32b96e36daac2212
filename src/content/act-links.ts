/**
 * Which acts a person can log serve which measure of a city. Picked by hand: only where the measure's own text is about that act.
 * Codes are those of the methodology pack. A city without a metro links none.
 */

/** Codes that a measure may point to; a test keeps the table within them. */
export const ACT_CODES = [
  'walk',
  'bike',
  'ebike',
  'metro',
  'bus',
  'nev-ride',
  'ev',
  'car-free-day',
  'power-saving',
  'clothes',
  'clean-plate',
  'own-bag',
  'no-cutlery',
  'plastic',
  'paper',
  'glass',
  'metal',
  'waste-sorting',
  'tree',
] as const

export type ActCode = (typeof ACT_CODES)[number]

const LINKS: Readonly<Record<string, readonly ActCode[]>> = {
  // 济南
  'jn-m-demand-response': ['power-saving'],
  'jn-m-charging': ['ev'],
  'jn-m-green-travel': ['walk', 'bike', 'bus', 'metro', 'car-free-day'],
  'jn-m-vehicles': ['bus', 'nev-ride', 'ev'],
  'jn-m-transport-projects': ['metro'],
  'jn-m-sorting': ['waste-sorting', 'own-bag', 'plastic'],
  'jn-m-recycling': ['paper', 'plastic', 'metal', 'glass', 'clothes'],
  'jn-m-forest': ['tree'],
  'jn-m-food-waste': ['clean-plate'],
  'jn-m-carbon-account': ['walk', 'bike', 'bus', 'metro', 'clean-plate', 'waste-sorting'],
  // 青岛
  'qd-m-green-travel': ['walk', 'bike', 'bus', 'metro', 'car-free-day'],
  'qd-m-metro-2020': ['metro', 'bus'],
  'qd-m-bus-clean': ['bus', 'nev-ride'],
  'qd-m-charging': ['ev'],
  'qd-m-fare-parking': ['bus', 'metro', 'car-free-day'],
  'qd-m-carbon-inclusion': ['walk', 'bike', 'bus', 'metro', 'clean-plate', 'waste-sorting'],
  'qd-m-apps': ['walk', 'bike', 'bus', 'metro'],
  'qd-m-labels': ['power-saving'],
  'qd-m-internet-recycling': ['paper', 'plastic', 'metal', 'glass', 'clothes'],
  'qd-m-waste-sorting': ['waste-sorting'],
  'qd-m-household-fees': ['waste-sorting'],
  'qd-m-tree': ['tree'],
  'qd-m-subsidy': ['ev', 'power-saving'],
  'qd-m-tax': ['ev'],
  // 潍坊
  'wf-m-bike-2021': ['bike'],
  'wf-m-bike-more': ['bike', 'walk'],
  'wf-m-bus-clean': ['bus'],
  'wf-m-nev': ['ev', 'nev-ride'],
  'wf-m-charging': ['ev'],
  'wf-m-fare-parking': ['bus', 'walk', 'bike', 'car-free-day'],
  'wf-m-carbon-points': ['walk', 'bike', 'bus', 'clean-plate', 'waste-sorting'],
  'wf-m-trip-records': ['bike', 'bus', 'walk'],
  'wf-m-redeem': ['bike', 'bus', 'walk'],
  'wf-m-scenes': ['clean-plate', 'own-bag', 'no-cutlery'],
  'wf-m-subsidy': ['ev', 'power-saving'],
  'wf-m-household-fees': ['waste-sorting'],
  'wf-m-lc-community': ['waste-sorting', 'power-saving', 'walk', 'bike'],
  'wf-m-waste-sorting': ['waste-sorting'],
  'wf-m-forest': ['tree'],
  'wf-m-tax': ['ev'],
  // 淄博
  'zb-m-energy-ports': ['ev'],
  'zb-m-taxi-bus': ['bus', 'nev-ride'],
  'zb-m-charging': ['ev'],
  'zb-m-sorting': ['waste-sorting'],
  'zb-m-recycling': ['paper', 'plastic', 'metal', 'glass', 'clothes'],
  'zb-m-carbon-sink': ['tree'],
  'zb-m-awareness': ['power-saving', 'car-free-day'],
  'zb-m-lifestyle': ['walk', 'bike', 'bus', 'power-saving', 'clean-plate'],
  'zb-m-carbon-account': ['walk', 'bike', 'bus', 'clean-plate', 'waste-sorting'],
  // 滨州
  'bz-m-green-travel': ['bus', 'walk', 'bike', 'car-free-day'],
  'bz-m-charging': ['ev'],
  'bz-m-clean-vehicles': ['bus', 'nev-ride'],
  'bz-m-sorting': ['waste-sorting'],
  'bz-m-recycling': ['paper', 'plastic', 'metal', 'glass'],
  'bz-m-campaigns': ['power-saving', 'car-free-day'],
  'bz-m-green-life': ['walk', 'bike', 'bus', 'power-saving'],
  'bz-m-green-tourism': ['no-cutlery', 'own-bag'],
  'bz-m-carbon-inclusion': ['walk', 'bike', 'bus', 'clean-plate', 'waste-sorting'],
  'bz-m-merchant-coupons': ['walk', 'bike', 'bus', 'clean-plate'],
}

/** The acts that serve a measure, the best fit first; none where a person cannot help directly. */
export function actsFor(measureId: string): readonly ActCode[] {
  return LINKS[measureId] ?? []
}

/** Acts that a service can report for who has linked it. */
const REPORTED: readonly ActCode[] = [
  'bike',
  'metro',
  'bus',
  'nev-ride',
  'power-saving',
  'clothes',
  'plastic',
  'paper',
  'glass',
  'metal',
  'waste-sorting',
  'tree',
]

export function canBeReported(acts: readonly ActCode[]): boolean {
  return acts.some((act) => REPORTED.includes(act))
}

/** The measures an act serves, best fit first: for "what your city does about this". */
export function measuresFor(code: string): readonly string[] {
  const rank = (id: string) => LINKS[id]?.indexOf(code as ActCode) ?? -1
  return Object.keys(LINKS)
    .filter((id) => rank(id) >= 0)
    .sort((a, b) => rank(a) - rank(b))
}

export const linkedMeasureIds: readonly string[] = Object.keys(LINKS)
