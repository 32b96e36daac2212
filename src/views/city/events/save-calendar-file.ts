/** A day into the phone's own calendar: as a file, which every browser can hand over. */
import { saveFile } from '../../../components/account/save-file.ts'
import type { Instant } from '../../../domain/base/time.ts'
import { type CalendarEntry, calendarFile } from './calendar-file.ts'

export function saveCalendarFile(entry: CalendarEntry, now: Instant): void {
  saveFile({
    name: `${entry.id}.ics`,
    blob: new Blob([calendarFile(entry, now)], { type: 'text/calendar;charset=utf-8' }),
  })
}
