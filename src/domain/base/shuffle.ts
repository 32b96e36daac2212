/** An order that looks like chance and is the same again for the same seed, on every phone: nothing has to be stored to keep it. */

/** FNV-1a with a final mix, so that texts which differ in one letter end far apart. 32 bits. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193)
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
  return (hash ^ (hash >>> 16)) >>> 0
}

/** The items in the seed's order. `keyOf` tells them apart; two items never share a key. */
export function shuffled<T>(items: readonly T[], seed: string, keyOf: (item: T) => string): T[] {
  return items
    .map((item) => ({ item, hash: hashOf(`${seed} ${keyOf(item)}`), key: keyOf(item) }))
    .sort((a, b) => a.hash - b.hash || (a.key < b.key ? -1 : 1))
    .map(({ item }) => item)
}
