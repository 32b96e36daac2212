// What of a readable track file is not in its trips.

/** Why points or parts of a readable file do not appear in its trips, with how many. Nothing is left out in silence. */
export interface LeftOut {
  /** Points whose clock was far off the ride's. */
  readonly strayTimes?: number
  /** Points whose time no calendar has, or nobody can read. */
  readonly unreadableTimes?: number
  /** Points that do not say when. */
  readonly untimed?: number
  /** Points whose place cannot be read, or is none on earth. */
  readonly unreadablePlaces?: number
  /** Further recordings in the same file that are damaged. */
  readonly brokenParts?: number
  /** Parts in which nobody moved a hundred metres. */
  readonly stillParts?: number
  /** Trips beyond the number that is taken at once. */
  readonly furtherTrips?: number
}
