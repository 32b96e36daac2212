/** The version of the wire that this build speaks. New members of answers and new outcomes go only to who says it. */
export const WIRE = 2
