/** Ids that follow from what a provider says: the same report is the same record, and the same act has one name on every platform. */
import { sha256Hex } from './digest.ts'

/** UUIDv8 (RFC 9562) of SHA-256(provider ‖ jti). A provider's id is a slug, so the line break parts the two for certain. */
export async function reportId(provider: string, jti: string): Promise<string> {
  const hex = await sha256Hex(`${provider}\n${jti}`)
  const variant = ((Number.parseInt(hex[16] as string, 16) & 0x3) | 0x8).toString(16)
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `8${hex.slice(13, 16)}`,
    `${variant}${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ].join('-')
}

/** What other platforms may ask for: was this very act claimed here? */
export function claimId(provider: string, reference: string): Promise<string> {
  return sha256Hex(`carbon-act-1\n${provider}\n${reference}`)
}
