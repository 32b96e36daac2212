// GPX: `trkpt` elements with a time. Routes and waypoints are plans, not trips.

import { readXmlTrack, type TrackShape } from './read-xml-track.ts'
import type { TrackReading } from './track.ts'

const SHAPE: Omit<TrackShape, 'features'> = {
  format: 'gpx',
  path: ['gpx', 'trk', 'trkseg'],
  point: 'trkpt',
  time: 'time',
  planned: 'rtept',
  unread: ['extensions', 'ele'],
}

export async function parseGpx(text: string): Promise<TrackReading> {
  const { gpxGen: features } = await import('@tmcw/togeojson')
  return readXmlTrack(text, { ...SHAPE, features })
}
