/** An event as an iCalendar file (RFC 5545), so that the phone's own calendar does the reminding: whole days, or from one time to another. */
import { plainName, plainText } from '../../../domain/base/plain-text.ts'
import { addDays, type Day, type Instant } from '../../../domain/base/time.ts'

export interface CalendarEntry {
  readonly id: string
  readonly title: string
  readonly description?: string | undefined
  readonly place?: string | undefined
  readonly url?: string | undefined
  readonly from: Day
  /** The last day, itself included. */
  readonly to: Day
  /** Where it begins and ends by the clock. Absent: whole days. */
  readonly times?: { readonly from: Instant; readonly to: Instant }
  readonly isYearly: boolean
  /** It was called off: a calendar that has it strikes it out, because the identifier is the same and the sequence is later (RFC 5545, 3.8.1.11). */
  readonly isCancelled?: boolean
}

const LINE_BYTES_MAX = 75

export function calendarFile(entry: CalendarEntry, now: Instant): string {
  return [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Greentrace//City events//ZH',
    'CALSCALE:GREGORIAN',
    'METHOD:PUBLISH',
    'BEGIN:VEVENT',
    `UID:${entry.id}@greentrace`,
    `DTSTAMP:${utcStamp(now)}`,
    ...timeLines(entry),
    ...(entry.isYearly ? ['RRULE:FREQ=YEARLY'] : []),
    `SUMMARY:${escapeText(entry.title)}`,
    ...(entry.description ? [`DESCRIPTION:${escapeText(entry.description)}`] : []),
    ...(entry.place ? [`LOCATION:${escapeText(entry.place)}`] : []),
    ...(entry.url ? [`URL:${plainName(entry.url)}`] : []),
    ...(entry.isCancelled ? ['STATUS:CANCELLED', 'SEQUENCE:1'] : []),
    // Whole days keep nobody from anything else.
    entry.times ? 'TRANSP:OPAQUE' : 'TRANSP:TRANSPARENT',
    'END:VEVENT',
    'END:VCALENDAR',
    '',
  ]
    .map(folded)
    .join('\r\n')
}

function timeLines({ from, to, times }: CalendarEntry): string[] {
  if (times) return [`DTSTART:${utcStamp(times.from)}`, `DTEND:${utcStamp(times.to)}`]
  // The end of whole days is the day after (3.6.1).
  return [`DTSTART;VALUE=DATE:${plainDay(from)}`, `DTEND;VALUE=DATE:${plainDay(addDays(to, 1))}`]
}

function plainDay(day: Day): string {
  return day.replaceAll('-', '')
}

/** `20261121T023015Z`. */
function utcStamp(at: Instant): string {
  return `${new Date(at).toISOString().slice(0, 19).replaceAll(/[-:]/g, '')}Z`
}

/** The characters that 3.3.11 gives a meaning of their own; those that it forbids are left out. */
function escapeText(text: string): string {
  return plainText(text)
    .replace(/[\\;,]/g, (character) => `\\${character}`)
    .replaceAll(/\r\n?|\n/g, '\\n')
}

/** No line over 75 octets, and no character cut in two (3.1). A line that goes on begins with a space, which counts. */
function folded(line: string): string {
  const encoder = new TextEncoder()
  const parts: string[] = []
  let part = ''
  let bytes = 0
  for (const character of line) {
    const size = encoder.encode(character).length
    if (bytes + size > LINE_BYTES_MAX) {
      parts.push(part)
      part = ' '
      bytes = 1
    }
    part += character
    bytes += size
  }
  return [...parts, part].join('\r\n')
}
