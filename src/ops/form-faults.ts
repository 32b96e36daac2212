/** What is wrong with a form, by field: asked of the contract's own schema before it is sent, and read from what the backend answers. */
import * as v from 'valibot'

type Reading<Output> =
  | { readonly value: Output }
  /** Names of members, with a point between: `stock.pieces`. */
  | { readonly faults: ReadonlySet<string> }

export function readForm<Schema extends v.GenericSchema>(
  schema: Schema,
  value: unknown,
): Reading<v.InferOutput<Schema>> {
  const read = v.safeParse(schema, value)
  if (read.success) return { value: read.output }
  return { faults: new Set(read.issues.map((issue) => v.getDotPath(issue) ?? '')) }
}

/** `valueFen: expected as before` → `valueFen`. Empty where the answer names no place. */
export function faultIn(detail: string | undefined): string {
  return /^([\w.-]+): /.exec(detail ?? '')?.[1] ?? ''
}
