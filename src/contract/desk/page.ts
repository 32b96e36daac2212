/** A page of one of the desk's lists. */
import * as v from 'valibot'

export function pageOf<Row extends v.GenericSchema>(row: Row) {
  return v.strictObject({
    rows: v.array(row),
    /** Where the next page begins: `?after=`. Absent on the last. */
    next: v.exactOptional(v.string()),
  })
}
