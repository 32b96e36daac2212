// GPX and TCX as text to points. Only what was recorded counts: routes and courses are plans; what extensions hold is nobody's business here.
import { PointCollector, TooManyPoints } from './collect-points.ts'
import { scanXml, type XmlHandler, XmlRefused } from './scan-xml.ts'
import { failed, POINTS_MAX, type TrackReading } from './track.ts'
import { attributeOf } from './xml-attributes.ts'

const READERS = { gpx: gpxReader, tcx: tcxReader } as const

export function readXml(text: string, format: keyof typeof READERS): TrackReading {
  const points = new PointCollector()
  try {
    scanXml(text, ofTheFormat(READERS[format](points)))
  } catch (error) {
    if (error instanceof TooManyPoints) return failed({ code: 'too_many_points', maxPoints: POINTS_MAX })
    return failed({ code: error instanceof XmlRefused ? 'not_a_track_file' : 'damaged' })
  }
  return points.reading(format)
}

/** Extensions, and what stands in another namespace, may hold elements that are called like ours, and extensions once more. */
function ofTheFormat(handler: XmlHandler): XmlHandler {
  let depth = 0
  const isExtension = (name: string) => name === 'extensions' || name === 'Extensions'
  return {
    open(name, attributes, path, isForeign) {
      if (depth > 0 || isForeign || isExtension(name)) depth++
      else handler.open(name, attributes, path, isForeign)
    },
    close(name, text, path) {
      if (depth > 0) depth--
      else handler.close(name, text, path)
    },
  }
}

/** Some tools leave the segment out. A place elsewhere is no part of a track. */
const TRACKS: readonly (string | undefined)[] = ['trkseg', 'trk']

/** `trkpt` with a time, in segments of tracks. Places of a route (`rtept`) are a plan whether they have times or not. */
function gpxReader(points: PointCollector): XmlHandler {
  let place: { lat: string | undefined; lon: string | undefined; time: string } | undefined
  return {
    open(name, attributes, path) {
      if (name === 'trk') points.openSection()
      if (name === 'trkseg') points.openSegment()
      if (name === 'trkpt' && TRACKS.includes(path.at(-2)))
        place = { lat: attributeOf(attributes, 'lat'), lon: attributeOf(attributes, 'lon'), time: '' }
    },
    close(name, text, path) {
      const parent = path.at(-2)
      if (name === 'time' && parent === 'trkpt' && place) place.time ||= text
      if (name === 'name' && parent === 'trk') points.nameIt(text)
      if (name === 'type' && parent === 'trk') points.sayWhichSport(text)
      if (name === 'rtept') points.addPlanned()
      if (name === 'trkpt' && parent === 'rte') points.addPlanned()
      if (name === 'trkpt' && TRACKS.includes(parent) && place) {
        points.addWritten(place.lat, place.lon, place.time)
        place = undefined
      }
    },
  }
}

/** `Trackpoint` with position and time, in tracks of laps of activities. Without a position (a pause, a treadmill) it says nothing here. */
function tcxReader(points: PointCollector): XmlHandler {
  let found: { lat?: string; lon?: string; time: string } = { time: '' }
  return {
    open(name, attributes) {
      if (name === 'Activity') {
        points.openSection()
        points.sayWhichSport(attributeOf(attributes, 'Sport') ?? '')
      }
      if (name === 'Track') points.openSegment()
      if (name === 'Trackpoint') found = { time: '' }
    },
    close(name, text, path) {
      const parent = path.at(-2)
      if (name === 'Time' && parent === 'Trackpoint') found.time ||= text
      if (name === 'LatitudeDegrees' && parent === 'Position') found.lat = text
      if (name === 'LongitudeDegrees' && parent === 'Position') found.lon = text
      if (name !== 'Trackpoint' || found.lat === undefined || found.lon === undefined) return
      if (path.includes('Course')) points.addPlanned()
      else points.addWritten(found.lat, found.lon, found.time)
    },
  }
}
