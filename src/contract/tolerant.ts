/**
 * Answers as an older phone reads them. A schema says what the backend sends today, strictly; `tolerant` reads what a later one may send: members
 * that it does not know are dropped, rows of a list that it cannot read are left out and counted, and a word without a meaning here becomes the
 * list's own word for the unknown. Requests are never read so.
 */
import * as v from 'valibot'

/** How many rows of an answer this version could not read. Absent when it read all. */
export type Counted<T> = T & { readonly leftOut?: number }

/** What a list of words calls that which is none of the others; CAP has both. */
const UNKNOWN_WORDS = ['Unknown', 'Other']

/** One fault is enough to know that a row is not of ours. */
const FIRST_FAULT = { abortEarly: true, abortPipeEarly: true }

/** Parsing is synchronous: one count at a time is enough. */
let leftOut = 0
const made = new WeakMap<v.GenericSchema, v.GenericSchema>()

/** The answer and what was left out of it, or undefined: not an answer of this kind in any version. */
export function readTolerantly<T>(
  schema: v.GenericSchema<unknown, T>,
  data: unknown,
): Counted<T> | undefined {
  leftOut = 0
  const result = v.safeParse(tolerant(schema), data, FIRST_FAULT)
  if (!result.success) return undefined
  const output = result.output as Counted<T>
  return leftOut === 0 ? output : { ...output, leftOut }
}

/** A word of a list that later versions may lengthen, where any other word can be read too. */
export function openWord<const Words extends readonly string[]>(words: Words) {
  return v.pipe(v.picklist(words), v.metadata({ isOpen: true }))
}

/** Whole lists that lose their meaning with a row, such as a hash chain's, are not thinned: one unreadable row spoils them. */
export function wholeList<Item extends v.GenericSchema>(item: Item) {
  return v.pipe(v.array(item), v.metadata({ isWhole: true }))
}

interface Parts {
  readonly type: string
  readonly pipe?: readonly [v.GenericSchema, ...v.GenericPipeAction[]]
  readonly entries?: Readonly<Record<string, v.GenericSchema>>
  readonly item?: v.GenericSchema
  readonly wrapped?: v.GenericSchema
  readonly options?: readonly unknown[]
  readonly key?: string
}

function tolerant(schema: v.GenericSchema): v.GenericSchema {
  const known = made.get(schema)
  if (known) return known
  const loosened = loosen(schema)
  made.set(schema, loosened)
  return loosened
}

function loosen(schema: v.GenericSchema): v.GenericSchema {
  const { type, pipe, entries, item, wrapped, options, key } = schema as unknown as Parts
  if (pipe) return loosenPipe(pipe)
  if (entries)
    return type === 'loose_object' ? v.looseObject(mapEntries(entries)) : v.object(mapEntries(entries))
  if (item) return rowsOf(tolerant(item))
  if (type === 'variant' && options && key)
    return v.variant(key, options.map((each) => tolerant(each as v.GenericSchema)) as never)
  if (type === 'exact_optional' && wrapped) return v.exactOptional(tolerant(wrapped))
  if (type === 'optional' && wrapped) return v.optional(tolerant(wrapped))
  if (type === 'nullable' && wrapped) return v.nullable(tolerant(wrapped))
  const unknown = type === 'picklist' ? UNKNOWN_WORDS.find((word) => options?.includes(word)) : undefined
  return unknown === undefined ? schema : v.fallback(schema, unknown)
}

function loosenPipe([base, ...actions]: NonNullable<Parts['pipe']>): v.GenericSchema {
  const marks = actions.map((action) => (action as { metadata?: Marks }).metadata)
  if (marks.some((mark) => mark?.isOpen)) return v.string()
  if (marks.some((mark) => mark?.isWhole)) return v.array(tolerant((base as unknown as Required<Parts>).item))
  return v.pipe(tolerant(base), ...(actions as never[])) as unknown as v.GenericSchema
}

interface Marks {
  readonly isOpen?: boolean
  readonly isWhole?: boolean
}

function mapEntries(entries: Readonly<Record<string, v.GenericSchema>>): Record<string, v.GenericSchema> {
  return Object.fromEntries(Object.entries(entries).map(([name, entry]) => [name, tolerant(entry)]))
}

/** Words and numbers in a list go without being counted: what they stand in is still shown. */
function rowsOf(item: v.GenericSchema): v.GenericSchema {
  return v.pipe(
    v.array(v.unknown()),
    v.transform((rows) =>
      rows.flatMap((row) => {
        const before = leftOut
        const read = v.safeParse(item, row, FIRST_FAULT)
        if (read.success) return [read.output]
        leftOut = before + (typeof row === 'object' ? 1 : 0)
        return []
      }),
    ),
  )
}
