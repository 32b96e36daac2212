/** A person's links to services that report: the code to show to one, and where each link stands. */
import * as v from 'valibot'

export const linkCodeRequestSchema = v.strictObject({
  /** S256 of the verifier. */
  challenge: v.exactOptional(v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{43}$/))),
})
export const linkCodeSchema = v.strictObject({ code: v.string(), expiresAt: v.number() })

/** Where each consent stands with its provider. */
export const linksSchema = v.object({
  links: v.array(
    v.object({
      consentId: v.string(),
      provider: v.string(),
      confirmedAt: v.nullable(v.number()),
      refusal: v.nullable(v.string()),
    }),
  ),
})

export type LinkCode = v.InferOutput<typeof linkCodeSchema>
export type LinksAnswer = v.InferOutput<typeof linksSchema>
