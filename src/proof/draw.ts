/**
 * The order of a draw, worked out the same by the backend and by anybody afterwards: from a secret that was promised before the first entry, the root
 * of all entries, and which draw it is. Whoever knew the secret and entered last could have chosen among orders: that is its limit.
 */
import { drawIdOf, type EntryId } from '../domain/offers/draw.ts'
import { canonicalJson } from './canonical.ts'
import { fromHex, sha256Hex, toHex } from './digest.ts'
import { hasClaims, type KeySet, readSigned, type SignedKind, type SigningKey, signJws } from './keys.ts'
import { merkleTree, rootOf } from './merkle.ts'
import { secondsUp } from './seconds.ts'

interface DrawName {
  readonly offerId: string
  readonly offerVersion: number
}

const utf8 = new TextEncoder()

/** What is promised of a secret before anybody enters. */
export function commitmentOf(secretHex: string): Promise<string> {
  return sha256Hex(fromHex(secretHex))
}

/** All ids in the order that the draw gives them: those with a piece first. */
export async function drawOrder(
  ids: readonly string[],
  by: { readonly draw: DrawName; readonly secret: string; readonly root: string },
): Promise<string[]> {
  const seed = await seedOf(by)
  const key = await crypto.subtle.importKey('raw', fromHex(seed), { name: 'HMAC', hash: 'SHA-256' }, false, [
    'sign',
  ])
  const marked = await Promise.all(
    ids.map(async (id) => ({
      id,
      mark: toHex(new Uint8Array(await crypto.subtle.sign('HMAC', key, utf8.encode(id)))),
    })),
  )
  return marked.sort((a, b) => (a.mark < b.mark ? -1 : 1)).map(({ id }) => id)
}

function seedOf({
  draw,
  secret,
  root,
}: {
  readonly draw: DrawName
  readonly secret: string
  readonly root: string
}): Promise<string> {
  const id = utf8.encode(drawIdOf(draw))
  return sha256Hex(new Uint8Array([...fromHex(secret), ...fromHex(root), ...id]))
}

/** Signed and told before the secret: of whoever kept it nobody can say that the list was another. */
interface RootStatement extends DrawName {
  readonly root: string
  readonly size: number
  readonly iat: number
}

const ROOT: SignedKind<RootStatement> = {
  typ: 'greentrace-draw-root+jwt',
  purpose: 'documents',
  read: (claims) =>
    hasClaims(claims, ['offer', 'root'], ['version', 'size', 'iat'])
      ? {
          offerId: claims.offer as string,
          offerVersion: claims.version as number,
          root: claims.root as string,
          size: claims.size as number,
          iat: (claims.iat as number) * 1000,
        }
      : undefined,
  signedAt: ({ iat }) => iat,
}

export function signRoot(
  { offerId, offerVersion, root, size, iat }: RootStatement,
  key: SigningKey,
): Promise<string> {
  const claims = { offer: offerId, version: offerVersion, root, size, iat: secondsUp(iat) }
  return signJws(canonicalJson(claims), ROOT.typ, key)
}

function readRoot(jws: string, keys: KeySet): Promise<RootStatement | undefined> {
  return readSigned(jws, keys, ROOT)
}

/** What is published of a draw that has come out. */
export interface PublishedDraw extends DrawName {
  readonly entries: readonly string[]
  readonly root: string
  readonly statement: string
  readonly secret: string
  readonly winners: readonly string[]
}

/** What was promised before anybody entered, and what an entrant knows of their own entry. */
interface Promised {
  readonly commitment: string
  readonly pieces: number
  /** Absent for who did not enter. */
  readonly mine?: { readonly id: EntryId; readonly hasWon: boolean } | undefined
}

/** Each question on its own, so that the one that fails is named. */
export interface DrawCheck {
  /** The secret is the one that was promised. */
  readonly isSecretKept: boolean
  /** The published entries give the published root. */
  readonly isRootOfEntries: boolean
  /** The root was signed, and it is this one; undefined without a key to tell. */
  readonly isSigned: boolean | undefined
  /** One's own entry is among those drawn from; undefined without one. */
  readonly isMineThere: boolean | undefined
  /** Those are drawn whom the order gives a piece. */
  readonly isOrderKept: boolean
  /** One's own record says the same; undefined without one. */
  readonly isMineTold: boolean | undefined
}

export async function checkDraw(
  told: PublishedDraw,
  { commitment, pieces, mine }: Promised,
  keys: KeySet,
): Promise<DrawCheck> {
  const { entries, root, secret, winners } = told
  const sorted = [...entries].sort()
  const computed = entries.length > 0 ? rootOf(await merkleTree(sorted)) : ''
  const order = await drawOrder(sorted, { draw: told, secret, root: computed })
  const drawn = order.slice(0, pieces)
  return {
    isSecretKept: (await commitmentOf(secret)) === commitment,
    isRootOfEntries: computed === root && new Set(entries).size === entries.length,
    isSigned: await isSignedRoot(told, keys),
    isMineThere: mine && entries.includes(mine.id),
    isOrderKept: drawn.length === winners.length && drawn.every((id, place) => winners[place] === id),
    isMineTold: mine && drawn.includes(mine.id) === mine.hasWon,
  }
}

async function isSignedRoot(told: PublishedDraw, keys: KeySet): Promise<boolean | undefined> {
  if (keys.keys.length === 0) return undefined
  const said = await readRoot(told.statement, keys)
  if (!said) return false
  return (
    said.root === told.root &&
    said.size === told.entries.length &&
    said.offerId === told.offerId &&
    said.offerVersion === told.offerVersion
  )
}
