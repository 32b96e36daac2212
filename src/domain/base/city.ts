/** The cities whose citizens the programme serves: ids that are stored and sent. What else there is of a city stands in `content/cities`. */

export const CITY_IDS = ['jinan', 'qingdao', 'weifang', 'zibo', 'binzhou'] as const

export type CityId = (typeof CITY_IDS)[number]

/** Stands where nobody has chosen yet. */
export const DEFAULT_CITY: CityId = CITY_IDS[0]

export function isCityId(text: string): text is CityId {
  return (CITY_IDS as readonly string[]).includes(text)
}
