/** All that makes a city one of ours, light enough for the first screen: its pack and its quiz are chunks of their own, loaded when read. */
import type { CityId } from '../../domain/base/city.ts'
import type { Place } from '../../domain/base/place.ts'

/** Spelled out in each city, because the bundler makes a chunk of each literal path, and Node asks for the attribute. */
type Load = () => Promise<{ readonly default: unknown }>

export interface City<Id extends CityId = CityId> {
  readonly id: Id
  readonly nameZh: string
  readonly nameEn: string
  /** Administrative division code, GB/T 2260. */
  readonly adcode: string
  /** Two letters, with which each id of its pack and quiz begins. */
  readonly code: string
  /** Inside its built-up area, WGS-84, to about a hundred metres. */
  readonly centre: Place
  /** Where it stands on the welcome's line, in a box of 350 × 116, and whether its name is below. */
  readonly trace: { readonly x: number; readonly y: number; readonly isBelow?: true }
  readonly loadPack: Load
  /** Absent until somebody has written one. */
  readonly loadQuiz?: Load
}
