/** The five cities whose citizens the programme serves. */

export const CITY_IDS = ['jinan', 'qingdao', 'weifang', 'zibo', 'binzhou'] as const

export type CityId = (typeof CITY_IDS)[number]

export function isCityId(text: string): text is CityId {
  return (CITY_IDS as readonly string[]).includes(text)
}
