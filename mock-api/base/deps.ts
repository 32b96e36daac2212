/** What every part of the backend is handed: nothing below start reads a clock, makes an id or rolls dice by itself. */
import type { CityPack } from '../../src/content/schema.ts'
import type { CityId } from '../../src/domain/base/city.ts'
import type { Instant } from '../../src/domain/base/time.ts'
import type { Packs } from '../../src/domain/methodology/pack.ts'
import type { Keyring } from '../keys/keyring.ts'
import type { ProviderRegister } from '../providers/register.ts'
import type { Config } from '../start/config.ts'
import type { Recovery } from '../start/recovery.ts'
import type { Tombstones } from '../start/tombstones.ts'
import type { Db } from '../storage/db.ts'
import type { Limits } from './limits.ts'
import type { Log } from './log.ts'
import type { OfficeActs } from './office-act.ts'
import type { Secret } from './secret.ts'

export interface Deps {
  readonly db: Db
  readonly config: Config
  readonly now: () => Instant
  readonly newId: () => string
  readonly randomBytes: (count: number) => Uint8Array<ArrayBuffer>
  readonly wait: (ms: number) => Promise<void>
  readonly log: Log
  readonly secret: Secret
  readonly keyring: Keyring
  readonly recovery: Recovery
  /** Services that report. */
  readonly providers: ProviderRegister
  readonly tombstones: Tombstones
  /** What operators can do in an office's name. */
  readonly acts: OfficeActs
  /** Methodologies by which acts are decided. */
  readonly packs: Packs
  /** Questions that were ever published: an answer to any other earns nothing. */
  readonly questionIds: ReadonlySet<string>
  /** Content packs newer than those of the build. */
  readonly published: ReadonlyMap<CityId, CityPack>
  readonly limits: Limits
  /** Records a page; the tests' phones also meet pages shorter than their journals. */
  readonly pageRecords: number
}
