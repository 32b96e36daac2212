/**
 * The binary of the decoder, 0.9 MB: no part of what every phone keeps, but in a cache of its own from the moment a till is joined, so that it is
 * there without a network.
 */
import decoderUrl from 'zxing-wasm/reader/zxing_reader.wasm?url'
import { DECODER_CACHE } from './decoder-cache.ts'

/** Fetches it unless it is there, and drops the one of an older build. False: there is no network, or no room. */
export async function keepDecoder(): Promise<boolean> {
  try {
    const cache = await caches.open(DECODER_CACHE)
    if (!(await cache.match(decoderUrl))) await cache.add(decoderUrl)
    const current = new URL(decoderUrl, location.href).href
    for (const { url } of await cache.keys()) if (url !== current) await cache.delete(url)
    return true
  } catch {
    return false
  }
}

/** Throws where it is neither kept nor to be had. */
export async function readDecoder(): Promise<ArrayBuffer> {
  await keepDecoder()
  const kept = await caches.match(decoderUrl).catch(() => undefined)
  if (!kept) throw new Error('the decoder cannot be loaded now')
  return kept.arrayBuffer()
}
