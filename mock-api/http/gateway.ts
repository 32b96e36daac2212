/**
 * Where a request comes from in truth, when gateways that the settings trust stand in between: read from the right, where they wrote, and
 * never from the left, where anybody can. Without such a setting the headers are nobody's word.
 */
import { type BlockList, isIP, isIPv6 } from 'node:net'

/** How many gateways stand before this backend, or which. */
export type TrustedProxies = number | BlockList

export interface Outside {
  readonly address: string
  /** How the person's browser reached the outermost of them. */
  readonly scheme?: string
}

/** What one gateway said of who called it; no address where it wrote none that can be read. */
interface Hop {
  readonly address?: string
  readonly scheme?: string
}

/** @param header reads one of the request's headers; several lines of one name come joined by commas. */
export function outsideOf(
  peer: string,
  header: (name: string) => string | undefined,
  trusted: TrustedProxies | undefined,
): Outside {
  const own = plainAddress(peer) ?? peer
  if (trusted === undefined || !isTrusted(own, 1, trusted)) return { address: own }
  const hops = hopsOf(header)
  let address = own
  let passed = 1
  for (; passed <= hops.length && isTrusted(address, passed, trusted); passed++) {
    const next = hops.at(-passed)?.address
    if (next === undefined) break
    address = next
  }
  const scheme = schemeOf(header, hops, Math.max(1, passed - 1))
  return { address, ...(scheme === undefined ? {} : { scheme }) }
}

/** Whether the one that stands at this place, counted from us, is one of ours. */
function isTrusted(address: string, place: number, trusted: TrustedProxies): boolean {
  if (typeof trusted === 'number') return place <= trusted
  return isIP(address) !== 0 && trusted.check(address, isIPv6(address) ? 'ipv6' : 'ipv4')
}

/** From the left as they were passed. A gateway writes one of the two headers; where both stand and differ, one is a stranger's. */
function hopsOf(header: (name: string) => string | undefined): Hop[] {
  const plain = header('x-forwarded-for')
  const standard = header('forwarded')
  const one = plain === undefined ? undefined : split(plain, ',').map(hopWith)
  const other = standard === undefined ? undefined : split(standard, ',').map(hopIn)
  if (!one || !other) return one ?? other ?? []
  const isSame = one.length === other.length && one.every(({ address }, i) => address === other[i]?.address)
  return isSame ? other : []
}

function hopIn(element: string): Hop {
  const pairs = new Map(
    split(element, ';').map((pair) => {
      const at = pair.indexOf('=')
      return [
        pair.slice(0, at).trim().toLowerCase(),
        pair
          .slice(at + 1)
          .trim()
          .replace(/^"(.*)"$/, '$1'),
      ]
    }),
  )
  const scheme = pairs.get('proto')?.toLowerCase()
  return { ...hopWith(pairs.get('for') ?? ''), ...(scheme === undefined ? {} : { scheme }) }
}

function hopWith(text: string): Hop {
  const address = plainAddress(text)
  return address === undefined ? {} : { address }
}

/** Gateways that forward hop by hop write a list of schemes, most write one. */
function schemeOf(
  header: (name: string) => string | undefined,
  hops: readonly Hop[],
  passed: number,
): string | undefined {
  const list = split(header('x-forwarded-proto') ?? '', ',')
  return (list.at(-passed) ?? list[0])?.toLowerCase() ?? hops.at(-passed)?.scheme
}

function split(text: string, by: string): string[] {
  return text
    .split(by)
    .map((each) => each.trim())
    .filter((each) => each !== '')
}

/** Without port, brackets or zone; an IPv4 address in IPv6's clothes is one. */
function plainAddress(text: string): string | undefined {
  const bare = text
    .replace(/^\[([^\]]*)\](:\d+)?$/, '$1')
    .replace(/^(\d+\.\d+\.\d+\.\d+):\d+$/, '$1')
    .replace(/%.*$/, '')
    .replace(/^::ffff:(?=\d+\.\d+\.\d+\.\d+$)/i, '')
  return isIP(bare) === 0 ? undefined : bare.toLowerCase()
}

/** What one household or one script has: an address of IPv4, and of IPv6 the network, in which it can take any address it likes. */
export function bucketOf(address: string): string {
  if (!isIPv6(address)) return address
  const [left = '', right = ''] = address.split('::')
  const before = left.split(':').filter((each) => each !== '')
  const after = right.split(':').filter((each) => each !== '')
  const zeros = Array.from({ length: Math.max(0, 8 - before.length - after.length) }, () => '0')
  const groups = address.includes('::') ? [...before, ...zeros, ...after] : before
  return groups
    .slice(0, 4)
    .map((each) => each.replace(/^0+(?=.)/, ''))
    .join(':')
}
