/** The only reader of the environment. A setting that makes no sense stops the start, with all of them named at once. */
import { BlockList, isIP, isIPv6 } from 'node:net'
import { join, resolve } from 'node:path'
import { SECOND_MS } from '../../src/domain/base/time.ts'
import { ConfigError } from '../base/config-error.ts'
import type { TrustedProxies } from '../http/gateway.ts'

export interface Config {
  readonly port: number
  readonly host: string
  readonly dataDir: string
  /** Where an operator puts newer content packs, one `<city>.json` each; need not exist. */
  readonly contentDir: string
  /** Where it is kept who was deleted: outside `dataDir`, because an older copy of that must not bring anybody back. */
  readonly tombstones: string
  /** Absent: PGlite in `dataDir`. */
  readonly databaseUrl?: string
  /** Absent: a file beside the data, made at the first start. */
  readonly keySecret?: string
  /** For `npm run rotate-secret`: what takes its place. */
  readonly keySecretNext?: string
  /** Sample data and simulated services. */
  readonly demo: boolean
  /** Between two codes that are sent to one number. */
  readonly codeIntervalMs: number
  /** Whom reports are for: a token that names somebody else is refused. */
  readonly audience: string
  /** Absent: the review API does not exist. */
  readonly opsToken?: string
  readonly faults?: { readonly seed: number; readonly perMille: number }
  /** Origins that people reach this backend by when a gateway stands before it: for the origin check, and for Secure cookies. */
  readonly publicOrigins: readonly string[]
  /** Gateways before this backend whose word counts for where a request comes from. Absent: their headers are nobody's word. */
  readonly trustedProxies?: TrustedProxies
}

const OPS_TOKEN_MIN = 16
const CODE_INTERVAL_S = { least: 1, preset: 60, most: 600 }
const KEY_SECRET_MIN = 16
/** Of a demo: a real backend names its own address, so that nobody's token for another can be used here. */
const DEFAULT_AUDIENCE = 'urn:greentrace:demo'
const DEFAULT_FAULTS_PER_MILLE = 150
const LOOPBACK = ['127.0.0.1', 'localhost', '::1']

type Environment = Readonly<Record<string, string | undefined>>

export function readConfig(env: Environment): Config {
  const faults: string[] = []
  const text = (name: string) => (env[name] === undefined || env[name] === '' ? undefined : env[name])
  const port = readPort(text('PORT'), faults)
  const host = text('HOST') ?? '127.0.0.1'
  const databaseUrl = text('DATABASE_URL')
  if (databaseUrl !== undefined && !/^postgres(ql)?:\/\//.test(databaseUrl))
    faults.push('DATABASE_URL must begin with postgres://')
  const demo = readSwitch(text('DEMO'), databaseUrl === undefined && LOOPBACK.includes(host), faults)
  const keySecret = text('KEY_SECRET')
  if (keySecret !== undefined && keySecret.length < KEY_SECRET_MIN)
    faults.push(`KEY_SECRET needs at least ${KEY_SECRET_MIN} characters`)
  const keySecretNext = text('KEY_SECRET_NEXT')
  if (keySecretNext !== undefined && keySecretNext.length < KEY_SECRET_MIN)
    faults.push(`KEY_SECRET_NEXT needs at least ${KEY_SECRET_MIN} characters`)
  if (keySecret === undefined && databaseUrl !== undefined && !demo)
    faults.push('KEY_SECRET is required with DATABASE_URL')
  const opsToken = text('OPS_TOKEN')
  if (opsToken !== undefined && opsToken.length < OPS_TOKEN_MIN)
    faults.push(`OPS_TOKEN needs at least ${OPS_TOKEN_MIN} characters`)
  const audience = text('AUDIENCE') ?? DEFAULT_AUDIENCE
  if (!/^[a-z][a-z0-9+.-]*:[\x21-\x7e]{1,200}$/.test(audience)) faults.push('AUDIENCE must be a URI')
  const codeIntervalMs = readCodeInterval(text('CODE_INTERVAL'), faults)
  const seeded = readFaults(text('FAULTS'), faults)
  const publicOrigins = readOrigins(text('PUBLIC_ORIGINS'), faults)
  const trustedProxies = readTrusted(text('TRUSTED_PROXIES'), faults)
  if (faults.length > 0) throw new ConfigError(faults.join('\n'))
  const dataDir = resolve(text('DATA_DIR') ?? './data')
  return {
    port,
    host,
    dataDir,
    contentDir: resolve(text('CONTENT_DIR') ?? join(dataDir, 'content')),
    tombstones: resolve(text('TOMBSTONES') ?? `${dataDir}.tombstones`),
    demo,
    audience,
    codeIntervalMs,
    publicOrigins,
    ...(databaseUrl === undefined ? {} : { databaseUrl }),
    ...(keySecret === undefined ? {} : { keySecret }),
    ...(keySecretNext === undefined ? {} : { keySecretNext }),
    ...(opsToken === undefined ? {} : { opsToken }),
    ...(trustedProxies === undefined ? {} : { trustedProxies }),
    ...(seeded ? { faults: seeded } : {}),
  }
}

function readPort(text: string | undefined, faults: string[]): number {
  if (text === undefined) return 4173
  const port = Number(text)
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    faults.push(`PORT must be a number up to 65535, not ${text}`)
  return port
}

function readSwitch(text: string | undefined, preset: boolean, faults: string[]): boolean {
  if (text === undefined) return preset
  if (text !== '0' && text !== '1') faults.push(`DEMO must be 0 or 1, not ${text}`)
  return text === '1'
}

/** In seconds. */
function readCodeInterval(text: string | undefined, faults: string[]): number {
  const { least, preset, most } = CODE_INTERVAL_S
  const seconds = Number(text ?? preset)
  if (!Number.isInteger(seconds) || seconds < least || seconds > most)
    faults.push(`CODE_INTERVAL must be whole seconds from ${least} to ${most}, not ${text}`)
  return seconds * SECOND_MS
}

/** `7` or `7:200`: the seed, and how many requests in a thousand go wrong. `0` is off. */
function readFaults(text: string | undefined, faults: string[]): Config['faults'] {
  if (text === undefined || text === '0') return undefined
  const match = /^(\d{1,9})(?::(\d{1,3}))?$/.exec(text)
  if (!match) faults.push(`FAULTS must be <seed> or <seed>:<per mille>, not ${text}`)
  return { seed: Number(match?.[1] ?? 0), perMille: Number(match?.[2] ?? DEFAULT_FAULTS_PER_MILLE) }
}

function readOrigins(text: string | undefined, faults: string[]): string[] {
  return (text ?? '')
    .split(',')
    .map((each) => each.trim())
    .filter((each) => each !== '')
    .filter((each) => {
      const isOrigin = URL.canParse(each) && new URL(each).origin === each
      if (!isOrigin) faults.push(`PUBLIC_ORIGINS: ${each} is not an origin`)
      return isOrigin
    })
}

/** More than anybody puts in a row. */
const HOPS_MAX = 10

/** `1`: how many; or `10.0.0.0/8, fd00::1`: which. */
function readTrusted(text: string | undefined, faults: string[]): TrustedProxies | undefined {
  if (text === undefined || text === '0') return undefined
  if (/^\d+$/.test(text)) {
    if (Number(text) > HOPS_MAX) faults.push(`TRUSTED_PROXIES: more than ${HOPS_MAX} gateways in a row`)
    return Number(text)
  }
  const list = new BlockList()
  for (const each of text.split(',').map((one) => one.trim())) {
    const [address = '', bits] = each.split('/')
    const family = isIPv6(address) ? 'ipv6' : 'ipv4'
    const most = family === 'ipv6' ? 128 : 32
    if (isIP(address) === 0 || (bits !== undefined && !(/^\d{1,3}$/.test(bits) && Number(bits) <= most)))
      faults.push(`TRUSTED_PROXIES: ${each} is neither a number of gateways nor an address or network`)
    else if (bits === undefined) list.addAddress(address, family)
    else list.addSubnet(address, Number(bits), family)
  }
  return list
}
