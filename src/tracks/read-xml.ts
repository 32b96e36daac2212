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
  return {
    open(name, attributes, path, isForeign) {
      if (depth > 0 || isForeign || name === 'extensions') depth++
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

/** Some tools write a course straight into the list of them. */
const PLANS = ['course', 'courses']

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

/** Names in small letters: `Trackpoint` with position and time, in tracks of laps of activities. Without a position (a pause, a treadmill) it says nothing here. */
function tcxReader(points: PointCollector): XmlHandler {
  let found: { lat?: string; lon?: string; time: string } = { time: '' }
  return {
    open(name, attributes) {
      if (name === 'activity') {
        points.openSection()
        points.sayWhichSport(attributeOf(attributes, 'sport') ?? '')
      }
      if (name === 'track') points.openSegment()
      if (name === 'trackpoint') found = { time: '' }
    },
    close(name, text, path) {
      const parent = path.at(-2)
      if (name === 'time' && parent === 'trackpoint') found.time ||= text
      if (name === 'latitudedegrees' && parent === 'position') found.lat = text
      if (name === 'longitudedegrees' && parent === 'position') found.lon = text
      if (name !== 'trackpoint' || found.lat === undefined || found.lon === undefined) return
      if (PLANS.some((plan) => path.includes(plan))) points.addPlanned()
      else points.addWritten(found.lat, found.lon, found.time)
    },
  }
}
