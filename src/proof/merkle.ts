/**
 * A Merkle tree over texts, by RFC 6962: one root for a whole list, and for each leaf a short way to it. Leaves and nodes are hashed apart, so that
 * no node can pass for a leaf.
 */
import { fromHex, sha256Hex } from './digest.ts'

const utf8 = new TextEncoder()

function leafHash(text: string): Promise<string> {
  return sha256Hex(new Uint8Array([0, ...utf8.encode(text)]))
}

function nodeHash(left: string, right: string): Promise<string> {
  return sha256Hex(new Uint8Array([1, ...fromHex(left), ...fromHex(right)]))
}

/** From the leaves' hashes to the root alone. A node without a neighbour goes up as it is. */
export type MerkleTree = readonly (readonly string[])[]

/** Throws without leaves: nothing was entered, and there is nothing to prove. */
export async function merkleTree(leaves: readonly string[]): Promise<MerkleTree> {
  if (leaves.length === 0) throw new RangeError('a tree without leaves')
  let level: readonly string[] = await Promise.all(leaves.map(leafHash))
  const tree = [level]
  while (level.length > 1) {
    level = await Promise.all(pairsOf(level).map(([left, right]) => (right ? nodeHash(left, right) : left)))
    tree.push(level)
  }
  return tree
}

function pairsOf(level: readonly string[]): [left: string, right?: string][] {
  return Array.from({ length: Math.ceil(level.length / 2) }, (_, i) => {
    const [left, right] = level.slice(2 * i, 2 * i + 2) as [string, string?]
    return right === undefined ? [left] : [left, right]
  })
}

export function rootOf(tree: MerkleTree): string {
  return tree.at(-1)?.[0] as string
}

/** The neighbours on the way from a leaf to the root, nearest first. */
export function inclusionPath(tree: MerkleTree, index: number): string[] {
  const path: string[] = []
  let place = index
  for (const level of tree.slice(0, -1)) {
    const neighbour = level[place % 2 === 0 ? place + 1 : place - 1]
    if (neighbour !== undefined) path.push(neighbour)
    place = Math.floor(place / 2)
  }
  return path
}

/** The root that a leaf and its way lead to (RFC 9162, 2.1.3.2); undefined for a way that cannot be one in a tree of that size. */
export async function rootBy(
  text: string,
  { index, size, path }: { readonly index: number; readonly size: number; readonly path: readonly string[] },
): Promise<string | undefined> {
  if (!Number.isSafeInteger(index) || index < 0 || index >= size) return undefined
  let place = index
  let last = size - 1
  let hash = await leafHash(text)
  for (const neighbour of path) {
    if (last === 0) return undefined
    if (place % 2 === 1 || place === last) {
      hash = await nodeHash(neighbour, hash)
      while (place % 2 === 0 && place !== 0) {
        place = Math.floor(place / 2)
        last = Math.floor(last / 2)
      }
    } else hash = await nodeHash(hash, neighbour)
    place = Math.floor(place / 2)
    last = Math.floor(last / 2)
  }
  return last === 0 ? hash : undefined
}
