/** What becomes of a file of acts that an operator delivers for a service without engineers. */
import * as v from 'valibot'

const faultyLine = v.looseObject({ line: v.number(), fault: v.string() })

export const deliveredSchema = v.object({
  /** Why the file could not be read at all. */
  fault: v.exactOptional(v.string()),
  taken: v.exactOptional(v.number()),
  /** Lines that were handed in before, word for word. */
  before: v.exactOptional(v.number()),
  faulty: v.exactOptional(v.array(faultyLine)),
  refused: v.exactOptional(v.array(v.object({ line: v.number(), err: v.string(), description: v.string() }))),
  missing: v.exactOptional(v.array(v.string())),
})
