// XML text to a track, by way of a document that togeojson reads without loss: one segment, only points that say when.
// There is no DOMParser in a worker, so xmldom parses on either side of it: one behaviour to test instead of two.
import type { Document, Element } from '@xmldom/xmldom'
import { failed, POINTS_MAX, type TrackFormat, type TrackReading, trackOf } from './track.ts'
import { pointsFrom } from './track-features.ts'

export interface TrackShape {
  readonly format: TrackFormat
  /** togeojson's reader of that format. */
  readonly features: (document: Document) => Iterable<unknown>
  /** Elements from the root down to the one that holds the points. */
  readonly path: readonly [string, ...string[]]
  readonly point: string
  readonly time: string
  /** Planned places, which never carry a time. */
  readonly planned?: string
  /** Removed with all they hold: sensors and heights, which nobody here reads. */
  readonly unread: readonly [string, ...string[]]
}

/**
 * What xmldom keeps for a tag is some 350 bytes, so this many fill 500 MB and end a cheap phone's tab. A point costs four
 * tags in GPX and ten in TCX once what nobody reads is gone: no honest file within the other two limits comes near.
 */
const TAGS_MAX = 1_500_000

export async function readXmlTrack(text: string, shape: TrackShape): Promise<TrackReading> {
  // No entity is ever fetched from outside, but inner ones could still multiply; no track file declares any.
  if (/<!ENTITY/i.test(text)) return failed({ code: 'not_a_track_file' })
  const tooMany = failed({ code: 'too_many_points', maxPoints: POINTS_MAX })
  if (countOf(text, `</${shape.point}`) > POINTS_MAX) return tooMany
  const slim = shape.unread.reduce(without, text).replace(/>\s+</g, '><')
  if (countOf(slim, '<') > TAGS_MAX) return tooMany
  const { DOMParser } = await import('@xmldom/xmldom')
  const onError = (level: string, message: string) => {
    if (level !== 'warning') throw new Error(message)
  }
  try {
    const parsed = new DOMParser({ locator: false, onError }).parseFromString(slim, 'application/xml')
    const { document, name, untimed } = rebuilt(parsed, shape)
    const { points, unreadable } = pointsFrom(shape.features(document))
    return trackOf(shape.format, points, { ...(name ? { name } : {}), untimed: untimed + unreadable })
  } catch {
    return failed({ code: 'damaged' })
  }
}

/**
 * Why not hand the file's own document over: togeojson lists times apart from places, so one point without a time shifts
 * all that follow; it drops segments of a single point; and each extension costs it an array as long as the track.
 */
function rebuilt(parsed: Document, shape: TrackShape) {
  const points = [...parsed.getElementsByTagName(shape.point)]
  const document = parsed.implementation.createDocument(null, shape.path[0])
  let parent: Element = document.documentElement!
  for (const name of shape.path.slice(1)) {
    const child = document.createElement(name)
    parent.appendChild(child)
    parent = child
  }
  let untimed = shape.planned ? parsed.getElementsByTagName(shape.planned).length : 0
  for (const point of points) {
    // Cut out of the text already, but for odd spellings such as `<extensions a=">">`.
    for (const extras of [...point.getElementsByTagName(shape.unread[0])]) {
      extras.parentNode?.removeChild(extras)
    }
    const isTimed = (point.getElementsByTagName(shape.time).item(0)?.textContent ?? '').trim() !== ''
    if (isTimed) parent.appendChild(document.importNode(point, true))
    else untimed++
  }
  const title = [...parsed.getElementsByTagName('name')].find((name) => name.parentNode?.nodeName === 'trk')
  return { document, name: title?.textContent, untimed }
}

/** Cut out as text, in one pass: as nodes they are two thirds of the memory. */
function without(text: string, name: string): string {
  const close = `</${name}>`
  const starts = new RegExp(`<${name}(?=[\\s>])[^>]*>`, 'g')
  const parts: string[] = []
  let kept = 0
  for (let tag = starts.exec(text); tag; tag = starts.exec(text)) {
    if (tag[0].endsWith('/>')) continue
    const end = text.indexOf(close, starts.lastIndex)
    if (end < 0) break // not well-formed: the parser will say so
    parts.push(text.slice(kept, tag.index))
    kept = end + close.length
    starts.lastIndex = kept
  }
  return parts.join('') + text.slice(kept)
}

function countOf(text: string, part: string): number {
  let count = 0
  for (let at = text.indexOf(part); at >= 0; at = text.indexOf(part, at + part.length)) count++
  return count
}
