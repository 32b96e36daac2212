/** The list of events and the calendar file: what a person finds today, by month, without a date and past; what their calendar takes. */
import { globSync, readFileSync } from 'node:fs'
import ICAL from 'ical.js'
import { describe, expect, it } from 'vitest'
import { ACT_CODES } from '../../../src/content/act-links.ts'
import { daysOf, daysOfMeasure } from '../../../src/content/events.ts'
import { loadAllCities, loadCity } from '../../../src/content/registry.ts'
import { CITY_IDS } from '../../../src/domain/base/city.ts'
import type { Points } from '../../../src/domain/base/units.ts'
import type { Occurrence } from '../../../src/domain/taking-part/occurrence.ts'
import { type CalendarEntry, calendarFile } from '../../../src/views/city/events/calendar-file.ts'
import { listEvents, nextOf } from '../../../src/views/city/events/event-list.ts'

const TODAY = '2026-11-20'
const NOW = Date.parse('2026-11-20T12:00:00+08:00')

function occurrence(
  id: string,
  fromDay: string,
  toDay = fromDay,
  more: Partial<Occurrence> = {},
): Occurrence {
  return {
    id,
    eventId: id,
    city: 'jinan',
    titleZh: id,
    titleEn: id,
    fromDay,
    toDay,
    points: 10 as Points,
    hasCheckIn: false,
    sample: true,
    ...more,
  }
}

describe('an event that was called off', () => {
  const day = '2026-11-22'
  const off = occurrence('water-day', day, day, { hasCheckIn: true, withdrawn: { at: NOW } })

  it('stays in the list as what it is, and announces no date any more', async () => {
    const days = daysOf(await loadCity('jinan'))
    const moving = days.filter(({ when }) => when === null)
    const [first] = moving
    const list = (withdrawn?: { at: number }) =>
      listEvents(
        days,
        [occurrence('x', day, day, { eventId: first?.id ?? '', ...(withdrawn ? { withdrawn } : {}) })],
        TODAY,
      )
    expect(list().undated).not.toContain(first)
    expect(list({ at: NOW }).undated).toContain(first)
    const listed = listEvents([], [off], TODAY).coming[0]?.events
    expect(listed).toMatchObject([{ id: 'water-day', isWithdrawn: true, hasCheckIn: false }])
  })
})

describe('the days of a city', () => {
  it('hold every event of its plan once, and the days of every calendar beside them', async () => {
    for (const pack of await loadAllCities()) {
      const days = daysOf(pack)
      expect(days.flatMap(({ named }) => named?.id ?? []).sort()).toEqual(
        pack.events.map(({ id }) => id).sort(),
      )
      expect(new Set(days.map(({ id }) => id)).size).toBe(days.length)
      for (const id of [
        'tree-day',
        'water-day',
        'earth-day',
        'biodiversity-day',
        'environment-day',
        'ecology-day',
      ])
        expect(days.map((day) => day.id)).toContain(id)
      expect(days.some(({ id, when }) => id === 'energy-week' && when === null)).toBe(true)
    }
  })

  it('keep the day that the plan prints', async () => {
    for (const pack of await loadAllCities())
      for (const { id, when, named } of daysOf(pack)) if (named) expect(when, id).toBe(named.when)
  })

  it('lead to a measure wherever the plan has one about them, and to acts that can be logged', async () => {
    for (const pack of await loadAllCities())
      for (const { id, acts, named, measure } of daysOf(pack)) {
        for (const act of acts) expect(ACT_CODES).toContain(act)
        if (named && !/评估/.test(named.nameZh)) expect(measure?.id, `${pack.city.id} ${id}`).toBeDefined()
      }
    const qingdao = await loadCity('qingdao')
    expect(daysOfMeasure(qingdao, 'qd-m-tree').map(({ id }) => id)).toEqual(['tree-day'])
  })

  it('invite to more than coming where the plan’s event does', async () => {
    const days = daysOf(await loadCity('weifang'))
    expect(days.filter(({ invites }) => invites === 'nominate').map(({ id }) => id)).toEqual(['wf-e-1'])
  })

  it('are known by name to no screen and no text', async () => {
    const ids = (await loadAllCities()).flatMap((pack) =>
      [...daysOf(pack), ...pack.events].map(({ id }) => id),
    )
    const shown = globSync(['src/views/city/events/*', 'src/text/city/events/*', 'src/views/voice/*'])
    expect(shown.length).toBeGreaterThan(8)
    for (const path of shown) {
      const text = readFileSync(path, 'utf8')
      expect(
        ids.filter((id) => text.includes(`'${id}'`)),
        path,
      ).toEqual([])
    }
  })

  it('are told in both languages, in short sentences', async () => {
    for (const city of CITY_IDS)
      for (const { id, whyZh, whyEn, ruleZh, ruleEn, nameEn } of daysOf(await loadCity(city))) {
        expect([whyZh === undefined, ruleZh === undefined], id).toEqual([
          whyEn === undefined,
          ruleEn === undefined,
        ])
        expect(`${nameEn} ${whyEn} ${ruleEn}`).not.toMatch(/\p{Script=Han}/u)
        for (const sentence of `${whyZh}${ruleZh}`.split(/[。！？；]/))
          expect(sentence.length).toBeLessThanOrEqual(90)
      }
  })
})

describe('the list', () => {
  it('stands today first, then by month, and folds what is past', async () => {
    const days = daysOf(await loadCity('qingdao'))
    const list = listEvents(
      days,
      [
        occurrence('open', '2026-11-16', '2026-11-22'),
        occurrence('soon', '2026-11-28'),
        occurrence('gone', '2026-11-19'),
      ],
      TODAY,
    )
    expect(list.now.map(({ id }) => id)).toEqual(['open'])
    expect(list.coming[0]).toMatchObject({ month: '2026-11', events: [{ id: 'soon' }] })
    const months = list.coming.map(({ month }) => month)
    expect(months).toEqual([...months].sort())
    expect(list.coming.find(({ month }) => month === '2027-03')?.events.map(({ id }) => id)).toEqual([
      'tree-day',
      'water-day',
    ])
    expect(list.past.map(({ id }) => id)).toEqual(['gone', 'qd-e-4', 'qd-e-3'])
  })

  it('shows a yearly day on its day as today, and the day after as next year’s', async () => {
    const days = daysOf(await loadCity('jinan'))
    expect(listEvents(days, [], '2027-04-22').now.map(({ id }) => id)).toEqual(['earth-day'])
    expect(nextOf('04-22', '2027-04-23')).toBe('2028-04-22')
  })

  it('leaves a day that moves without a date until one is announced, and again once that is over', async () => {
    const days = daysOf(await loadCity('zibo'))
    const undated = (occurrences: Occurrence[], today = TODAY) =>
      listEvents(days, occurrences, today).undated.map(({ id }) => id)
    expect(undated([])).toEqual(['energy-week', 'low-carbon-day', 'science-week'])
    const announced = occurrence('energy-week-2027', '2027-06-08', '2027-06-14', { eventId: 'energy-week' })
    expect(undated([announced])).toEqual(['low-carbon-day', 'science-week'])
    expect(undated([announced], '2027-06-15')).toContain('energy-week')
    const listed = listEvents(days, [announced], TODAY).coming.flatMap(({ events }) => events)
    expect(listed.find(({ id }) => id === announced.id)?.isNamed).toBe(true)
  })
})

describe('the calendar file', () => {
  const entry: CalendarEntry = {
    id: 'tree-day-qingdao',
    title: '植树节',
    from: '2027-03-12',
    to: '2027-03-12',
    isYearly: true,
  }
  /** As RFC 5545 tells readers to begin. */
  const unfolded = (text: string) => text.replaceAll('\r\n ', '').split('\r\n')

  it('is a whole day that ends on the day after, every year, stamped in UTC', () => {
    const text = calendarFile(entry, NOW)
    expect(unfolded(text)).toEqual([
      'BEGIN:VCALENDAR',
      'VERSION:2.0',
      'PRODID:-//Greentrace//City events//ZH',
      'CALSCALE:GREGORIAN',
      'METHOD:PUBLISH',
      'BEGIN:VEVENT',
      'UID:tree-day-qingdao@greentrace',
      'DTSTAMP:20261120T040000Z',
      'DTSTART;VALUE=DATE:20270312',
      'DTEND;VALUE=DATE:20270313',
      'RRULE:FREQ=YEARLY',
      'SUMMARY:植树节',
      'TRANSP:TRANSPARENT',
      'END:VEVENT',
      'END:VCALENDAR',
      '',
    ])
  })

  it('of an event that was called off is the same entry, later and cancelled', () => {
    const lines = unfolded(calendarFile({ ...entry, isYearly: false, isCancelled: true }, NOW))
    expect(lines).toEqual(
      expect.arrayContaining(['UID:tree-day-qingdao@greentrace', 'STATUS:CANCELLED', 'SEQUENCE:1']),
    )
    expect(calendarFile(entry, NOW)).not.toMatch(/STATUS|SEQUENCE/)
  })

  it('is read by another program as it was meant', () => {
    const description = `一棵树，${'能吸收几十年的二氧化碳；'.repeat(12)}\n第二行\\完`
    const whole = {
      ...entry,
      description,
      place: '社区, 一楼',
      url: 'https://example.org/x',
      to: '2027-03-14',
    }
    const calendar = new ICAL.Component(ICAL.parse(calendarFile(whole, NOW)))
    const event = new ICAL.Event(calendar.getFirstSubcomponent('vevent') as ICAL.Component)
    expect(event.summary).toBe(whole.title)
    expect(event.description).toBe(description)
    expect(event.location).toBe(whole.place)
    expect(event.component.getFirstPropertyValue('url')).toBe(whole.url)
    expect([event.startDate, event.endDate].map(String)).toEqual(['2027-03-12', '2027-03-15'])
    const years = event.iterator()
    expect([years.next(), years.next()].map(String)).toEqual(['2027-03-12', '2028-03-12'])
  })

  it('has no character that iCalendar forbids, wherever it stood', () => {
    const odd = 'a\u000bb\u0000\ud800\u007f'
    const text = calendarFile(
      { ...entry, title: odd, description: odd, place: odd, url: `https://example/${odd}` },
      NOW,
    )
    expect(text.replaceAll('\r\n', '')).not.toMatch(/\p{Cc}|\p{Cs}/u)
    expect(unfolded(text)).toContain('SUMMARY:ab')
  })

  it('of what begins by the clock says when, in UTC, and that one is busy then', () => {
    const from = Date.parse('2027-03-13T09:00:00+08:00')
    const morning = { ...entry, isYearly: false, times: { from, to: from + 2.5 * 3_600_000 } }
    const lines = unfolded(calendarFile(morning, NOW))
    expect(lines).toEqual(
      expect.arrayContaining(['DTSTART:20270313T010000Z', 'DTEND:20270313T033000Z', 'TRANSP:OPAQUE']),
    )
    const calendar = new ICAL.Component(ICAL.parse(calendarFile(morning, NOW)))
    const event = new ICAL.Event(calendar.getFirstSubcomponent('vevent') as ICAL.Component)
    expect(event.startDate.toJSDate().getTime()).toBe(from)
  })

  it('of a week that is held once has no rule, and crosses the end of a month and a year', () => {
    const week = { ...entry, from: '2026-12-28', to: '2026-12-31', isYearly: false }
    const lines = unfolded(calendarFile(week, NOW))
    expect(lines).toContain('DTEND;VALUE=DATE:20270101')
    expect(lines.some((line) => line.startsWith('RRULE'))).toBe(false)
  })

  it('folds long lines at 75 octets, never inside a character, and gives them back whole', () => {
    const description = `一棵树，${'能吸收几十年的二氧化碳；'.repeat(12)}\n第二行\\完`
    const text = calendarFile({ ...entry, description, place: '社区, 一楼', url: 'https://example/x' }, NOW)
    const octets = text.split('\r\n').map((line) => new TextEncoder().encode(line).length)
    expect(Math.max(...octets)).toBeLessThanOrEqual(75)
    expect(octets.filter((each) => each > 70).length).toBeGreaterThan(2)
    expect(text).not.toContain('\ufffd')
    expect(text.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/)
    const lines = unfolded(text)
    const written = lines.find((line) => line.startsWith('DESCRIPTION:'))?.slice('DESCRIPTION:'.length) ?? ''
    expect(written.replaceAll('\\n', '\n').replaceAll(/\\([\\;,])/g, '$1')).toBe(description)
    expect(lines).toContain('LOCATION:社区\\, 一楼')
    expect(lines).toContain('URL:https://example/x')
    // Some programs take a lone carriage return for the end of a line.
    expect(calendarFile({ ...entry, place: '社区\rEND:VEVENT' }, NOW)).not.toMatch(/\r(?!\n)/)
  })
})
