/** Which version of the wire the asker reads: `?wire=2`. Absent: a build of 2026-11-21, which reads nothing that came later. */
import { wireIn } from '../../src/contract/wire.ts'
import type { HttpContext } from './env.ts'

export function wireOf(c: HttpContext): number {
  return wireIn(c.req.query('wire'))
}
