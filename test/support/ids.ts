/** Uuids (version 4) from seeded dice. */
import { type Random, randomOf } from './random.ts'

export function uuidFrom(random: Random): string {
  const hex = Array.from(random.bytes(16), (byte) => byte.toString(16).padStart(2, '0')).join('')
  const variant = '89ab'[random.below(4)]
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20)}`
}

export function idsOf(seed: number): () => string {
  const random = randomOf(seed)
  return () => uuidFrom(random)
}
