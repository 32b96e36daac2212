// TCX: `Trackpoint` elements with a position and a time; those without a position (a pause, a treadmill) say nothing here.

import { readXmlTrack, type TrackShape } from './read-xml-track.ts'
import type { TrackReading } from './track.ts'

const SHAPE: Omit<TrackShape, 'features'> = {
  format: 'tcx',
  path: ['TrainingCenterDatabase', 'Activities', 'Activity', 'Lap', 'Track'],
  point: 'Trackpoint',
  time: 'Time',
  unread: ['Extensions', 'HeartRateBpm', 'AltitudeMeters', 'DistanceMeters', 'Cadence', 'SensorState'],
}

export async function parseTcx(text: string): Promise<TrackReading> {
  const { tcxGen: features } = await import('@tmcw/togeojson')
  return readXmlTrack(text, { ...SHAPE, features })
}
