// A moment as track files write it, in all the spellings that tools have. No date that no calendar has is rolled over into another.

import { plainFigures } from './plain-figures.ts'

interface Moment {
  readonly at: number // epoch milliseconds
  /** Read on Shandong's clock, because the file does not say on whose. */
  readonly isLocal: boolean
}

/** China has one zone, and these files were recorded here. The phone's own zone would make the digest depend on the phone. */
export const LOCAL_OFFSET_MS = 8 * 3_600_000

const DATE = /^(\d{4})([-/.]?)(\d{1,2})\2(\d{1,2})/
const CHINESE_DATE = /^(\d{4})年(\d{1,2})月(\d{1,2})日/
/** Between colons a program may leave out the zero in front; without them all figures are there. */
const PARTED_TIME = /^(?:[Tt]\s*|,?\s+)(\d{1,2}):(\d{1,2})(?::(\d{1,2})(?:[.,](\d*))?)?/
const PLAIN_TIME = /^(?:[Tt]\s*|,?\s+)(\d{2})(\d{2})(?:(\d{2})(?:[.,](\d*))?)?/
/**
 * Java writes the zone's name behind the offset, Go an abbreviation, .NET no digit behind the point, and some Python a Z behind an offset of zero.
 * Any dash that a person would read as a minus is one.
 */
const ZONE =
  /^\s*(Z|UTC|GMT)?\s*(?:([+\u2010-\u2015\u2212-])(\d{1,2})(?::?(\d{2})(?::?00)?)?(?:(Z)|\s*\(?[A-Z]{3,5}\)?)?)?(\[[\w/+-]+\])?$/i
/** Where the name alone says on which clock: on others than this one it is not known here what it showed. */
const OWN_ZONE = /^\[(?:Asia\/(?:Shanghai|Chongqing|Harbin)|PRC)\]$/i

/** Undefined where it is no moment: other words, 30 February, hour 25. */
export function readMoment(text: string): Moment | undefined {
  const stamp = plainFigures(text).replace(CHINESE_DATE, '$1-$2-$3 ')
  const date = DATE.exec(stamp)
  const rest = date ? stamp.slice(date[0].length) : ''
  const time = PARTED_TIME.exec(rest) ?? PLAIN_TIME.exec(rest)
  const zone = time && ZONE.exec(rest.slice(time[0].length))
  if (!date || !time || !zone) return undefined
  const [year, month, day] = [Number(date[1]), Number(date[3]), Number(date[4])]
  const [hour, minute, second] = [Number(time[1]), Number(time[2]), Number(time[3] ?? 0)]
  if (!isDay(year, month, day) || !isTimeOfDay(hour, minute, second)) return undefined
  const milliseconds = Math.floor(Number(`0.${time[4] || 0}`) * 1000)
  const offset = offsetOf(zone)
  if (offset === undefined) return undefined
  const at = Date.UTC(year, month - 1, day, hour, minute, second, milliseconds)
  return { at: at - offset.ms, isLocal: offset.isLocal }
}

const DAYS = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]

function isDay(year: number, month: number, day: number): boolean {
  const isLeap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0
  if (year < 100 || day < 1 || day > (DAYS[month - 1] ?? 0)) return false
  return month !== 2 || day < 29 || isLeap
}

/** 24:00 is the end of a day in ISO 8601, and a minute may have a leap second. */
function isTimeOfDay(hour: number, minute: number, second: number): boolean {
  if (hour === 24) return minute === 0 && second === 0
  return hour < 24 && minute < 60 && second <= 60
}

function offsetOf([, utc, sign, hours, minutes, zulu, zone]: RegExpExecArray):
  | { ms: number; isLocal: boolean }
  | undefined {
  if (!sign && !utc && zone && !OWN_ZONE.test(zone)) return undefined
  if (!sign) return utc ? { ms: 0, isLocal: false } : { ms: LOCAL_OFFSET_MS, isLocal: true }
  if (utc?.toUpperCase() === 'Z') return undefined
  const [h, m] = [Number(hours), Number(minutes ?? 0)]
  // From −12:00 to +14:00; more is no clock on earth. A Z says zero, too.
  if (h > 14 || m > 59 || (zulu && h + m > 0)) return undefined
  return { ms: (sign === '+' ? 1 : -1) * (h * 60 + m) * 60_000, isLocal: false }
}
