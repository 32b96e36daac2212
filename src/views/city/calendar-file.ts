/** A day of every year as an iCalendar file (RFC 5545), so that the phone's own calendar does the reminding. */

export interface CalendarDay {
  readonly id: string
  readonly name: string
  /** `MM-DD`. */
  readonly monthDay: string
  /** `YYYY-MM-DD` of the pack: the stamp of the file, and the year the series begins in. */
  readonly version: string
}

export function calendarFile(day: CalendarDay): string {
  const stamp = day.version.replaceAll('-', '')
  const start = stamp.slice(0, 4) + day.monthDay.replace('-', '')
  return [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Greentrace//City events//ZH',
    'BEGIN:VEVENT',
    `UID:${day.id}@greentrace`,
    `DTSTAMP:${stamp}T000000Z`,
    `DTSTART;VALUE=DATE:${start}`,
    'RRULE:FREQ=YEARLY',
    `SUMMARY:${escapeText(day.name)}`,
    'TRANSP:TRANSPARENT',
    'END:VEVENT',
    'END:VCALENDAR',
    '',
  ].join('\r\n')
}

/** The four characters that RFC 5545, 3.3.11 gives a meaning of their own. */
function escapeText(text: string): string {
  return text.replace(/[\\;,]/g, (character) => `\\${character}`).replaceAll('\n', '\\n')
}
