// The golden track files, by name. Run as a script it writes them: `node test/tracks/golden-files.ts`; the test compares.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { FILE_KINDS } from '../support/file-kinds.ts'
import { bikeRide, busRide, fitOf, gpxOf, record, tcxOf } from '../support/tracks.ts'

const FOLDER = new URL('../golden/tracks/', import.meta.url)

const bike = record(bikeRide)
const utf8 = (text: string) => new TextEncoder().encode(text)
const kinds = Object.entries(FILE_KINDS).map(([name, { bytes }]) => [`kinds/${name}`, bytes] as const)

export const generated: Readonly<Record<string, Uint8Array>> = {
  'bike-weifang.gpx': utf8(gpxOf(bike, { decimals: 14 })),
  'bike-weifang.tcx': utf8(tcxOf(bike)),
  'bike-weifang.fit': fitOf(bike),
  'bike-weifang-truncated.fit': fitOf(bike).slice(0, 9000),
  'bus-qingdao-tunnel.gpx': utf8(gpxOf(record(busRide), { name: '隧道公交' })),
  'route-without-times.gpx': utf8(gpxOf(bike.slice(0, 200)).replaceAll(/<time>.*?<\/time>/g, '')),
  'web-page.gpx': utf8(
    '<!DOCTYPE html>\n<html lang="zh-CN"><head><title>请先登录</title></head><body>请先登录</body></html>\n',
  ),
  ...Object.fromEntries(kinds),
}

export function golden(name: string): ArrayBuffer {
  return new Uint8Array(readFileSync(new URL(name, FOLDER))).buffer
}

/** Two builds of zlib may pack the same bytes differently: what is inside counts. */
export function contentOf(name: string, bytes: Uint8Array): Buffer {
  return name.endsWith('.gz') ? gunzipSync(bytes) : Buffer.from(bytes)
}

if (import.meta.main) {
  mkdirSync(new URL('kinds/', FOLDER), { recursive: true })
  for (const [name, bytes] of Object.entries(generated)) writeFileSync(new URL(name, FOLDER), bytes)
}
