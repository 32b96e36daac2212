/** The version of the wire that this build speaks. Requests say it; what is new in answers goes only to those that do. */
export const WIRE = 2
