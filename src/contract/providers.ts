/** Who reports acts here, and the keys that their reports are signed with: kept on the phone, so that a report is checked without a network. */
import * as v from 'valibot'

const word = v.pipe(v.string(), v.minLength(1), v.maxLength(200))
const instant = v.pipe(v.number(), v.safeInteger())

const providerKeySchema = v.object({
  provider: word,
  kid: word,
  alg: v.picklist(['ES256', 'EdDSA']),
  kty: word,
  crv: word,
  x: word,
  y: v.exactOptional(word),
  notBefore: instant,
  notAfter: instant,
  revokedAt: v.exactOptional(instant),
})

export const providersAnswerSchema = v.object({
  /** Whom their reports must be meant for. */
  audience: word,
  providers: v.array(v.object({ id: word, nameZh: word, nameEn: word, keys: v.array(providerKeySchema) })),
})
export type ProvidersAnswer = v.InferOutput<typeof providersAnswerSchema>
