/** The tail of a journal that a restored backend has lost, handed in by a phone: records word for word, and the signed head they end in. */
import * as v from 'valibot'
import { cursorSchema, wireRecordSchema } from './sync.ts'
import { wireSchema } from './wire.ts'

/** Several years of one person; what is longer is asked for again command by command. */
export const TAIL_RECORDS_MAX = 10_000
/** Texts of all its records: what one process can hold and check at once. */
export const TAIL_BYTES_MAX = 16 * 1024 * 1024
/** Records a part: a weak line carries some of it before it breaks. */
export const TAIL_PART_RECORDS_MAX = 500
/** Texts of a part. */
export const TAIL_PART_BYTES_MAX = 768 * 1024
/** Two years a key, three purposes: a programme of a generation has fewer. */
const KEYS_MAX = 64

const JWS_MAX = 2048
const base64url = v.pipe(v.string(), v.regex(/^[\w-]{1,86}$/))
const instant = v.pipe(v.number(), v.safeInteger())

/** As the key list names it; members that a later version adds are kept, since the endorsement may cover them. */
const handedKeySchema = v.looseObject({
  kid: v.pipe(v.string(), v.regex(/^[\w-]{1,64}$/)),
  kty: v.literal('EC'),
  crv: v.literal('P-256'),
  x: base64url,
  y: base64url,
  notBefore: instant,
  notAfter: instant,
  endorsement: v.exactOptional(v.pipe(v.string(), v.maxLength(JWS_MAX))),
})

export const handedKeysSchema = v.strictObject({
  keys: v.pipe(v.array(handedKeySchema), v.maxLength(KEYS_MAX)),
})

export const tailPartSchema = v.strictObject({
  wire: wireSchema,
  /** Where the tail begins: the last record that both have. The same in all of its parts. */
  after: cursorSchema,
  /** The next ones, in order. A part whose first record follows `after` begins anew. */
  records: v.pipe(v.array(wireRecordSchema), v.minLength(1), v.maxLength(TAIL_PART_RECORDS_MAX)),
  /** With the last part: the signed head at its last record, and the keys that this phone trusts. */
  head: v.exactOptional(v.pipe(v.string(), v.maxLength(JWS_MAX))),
  keys: v.exactOptional(v.pipe(v.array(handedKeySchema), v.maxLength(KEYS_MAX))),
})

/** Why a tail is not taken. Nothing of it is kept. */
const TAIL_FAULTS = [
  'gap', // its records do not follow each other, or the part does not follow the last one
  'hash', // a body is not the one hashed
  'detail', // a detail is missing, or not the one hashed
  'body', // a record says otherwise of itself than its place, id or command do, or is not canonical
  'account', // a record of another account
  'doubled', // an id stands twice
  'signature', // the head is not signed by a key of this backend, or of one that such a key endorsed
  'head', // the head is another record's
  'balance', // the balances are not those of the head
  'fold', // no ledger of this account could have had these records
  'elsewhere', // it begins at a record that this backend does not have
  'too_long',
] as const

export type TailFault = (typeof TAIL_FAULTS)[number]

const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0))

export const tailAnswerSchema = v.variant('state', [
  /** Kept until the rest comes. */
  v.object({ state: v.literal('staged'), lastSeq: count }),
  /** The account's history is the phone's: nothing was decided anew. */
  v.object({ state: v.literal('taken'), lastSeq: count }),
  /** The history had gone on elsewhere: so many records were decided as of their time, and stand behind it now. */
  v.object({ state: v.literal('replayed'), lastSeq: count, records: count }),
  v.object({ state: v.literal('refused'), fault: v.picklist(TAIL_FAULTS) }),
])

export type TailPart = v.InferOutput<typeof tailPartSchema>
export type TailAnswer = v.InferOutput<typeof tailAnswerSchema>
