/** Rides that a person counts in stops. A stop is no measure: the kilometres by which the ride is assessed come of an assumption. */

/**
 * Our own assumptions, by code, in metres, and said to be ours wherever they are shown: no operator publishes the distances of its stops, and no
 * list of stations is kept. They stand between those of a town's buses and of a metro's stations.
 */
export const METRES_PER_STOP: Readonly<Record<string, number>> = { bus: 800, metro: 1200 }

/** More than any line has. A claim of more says its metres alone. */
export const STOPS_MAX = 999

/** Its name on the wire, as a backend says that it reads it: one of before refuses to read a claim with a member that it does not know. */
export const STOPS_MEMBER = 'activity.record.stops'
