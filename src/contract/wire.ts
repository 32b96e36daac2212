/** The version of the wire that this app speaks. A request that does not say it comes from an app that reads answers to the letter. */
export const WIRE = 2
