/** The file of an operator without engineers: read as spreadsheets write it, each wrong line told by its number, each right one counted once. */
import '../support/patience.ts'
import { afterEach, describe, expect, it } from 'vitest'
import { HOUR_MS } from '../../src/domain/base/time.ts'
import { readReportFile } from '../../src/domain/evidence/report-file.ts'
import { openBody } from '../../src/domain/ledger/open-record.ts'
import { type Backend, startBackend } from '../support/backend.ts'
import { NOON } from '../support/builders.ts'
import { signIn } from '../support/client.ts'
import { deskHeaders } from '../support/operator.ts'
import { TestProvider } from '../support/provider.ts'

const HANDLE = '0123456789abcdef0123456789abcdef'
const utf8 = (text: string) => new TextEncoder().encode(text)
/** 流水号,用户标识,行为,城市,开始时间,结束时间,数量,单位 and one ride, as Excel writes them on a Chinese Windows. */
const GB18030 = Buffer.from(
  'c1f7cbaebac52cd3c3bba7b1eacab62cd0d0ceaa2cb3c7cad02cbfaacabccab1bce42cbde1caf8cab1bce42ccafdc1bf2cb5a5cebb0d0a',
  'hex',
)

const read = (text: string | Uint8Array) =>
  readReportFile(typeof text === 'string' ? utf8(text) : text, ['bike', 'clothes'])
const HEADER = 'reference,handle,code,city,start,end,amount,unit'
const line = (given: Record<string, string> = {}) => {
  const cells = {
    ...{ reference: 'r1', handle: HANDLE, code: 'bike', city: 'weifang' },
    ...{ start: '2026-11-21 08:00', end: '2026-11-21 08:15', amount: '3.2', unit: 'km' },
    ...given,
  }
  return Object.values(cells).join(',')
}

describe('a file of acts', () => {
  it('is read in UTF-8 and in GB18030, with Chinese and English columns, in the units of people', () => {
    const rows = Buffer.from(`R1,${HANDLE},bike,weifang,2026/11/21 8:00,,3.25,km\r\n`, 'latin1')
    const chinese = read(Buffer.concat([GB18030, rows]))
    expect(chinese).toMatchObject({ encoding: 'gb18030', faulty: [] })
    const english = read(`\ufeff${HEADER}\n${line({ amount: '3.25' })}\n`)
    expect(english).toMatchObject({ encoding: 'utf-8', faulty: [] })
    for (const found of [chinese, english])
      expect('reports' in found && found.reports[0]).toMatchObject({
        startedAt: Date.UTC(2026, 10, 21, 0, 0),
        quantity: { value: 3250, unit: 'metre' },
      })
  })

  it('tells of each wrong line where it is and what stands there, and reads the others', () => {
    const wrong = [
      [line({ reference: '' }), 'reference', 'missing'],
      [line({ code: 'bus' }), 'code', 'unknown'],
      [line({ city: 'beijing' }), 'city', 'unknown'],
      [line({ city: 'constructor' }), 'city', 'unknown'],
      [line({ unit: 'constructor' }), 'unit', 'unknown'],
      [line({ start: '2026-02-30 08:00' }), 'startedAt', 'not_a_time'],
      [line({ start: 'yesterday' }), 'startedAt', 'not_a_time'],
      [line({ end: '2026-11-21 07:00' }), 'endedAt', 'ends_before_start'],
      [line({ amount: '-3' }), 'amount', 'not_a_number'],
      [line({ amount: '0' }), 'amount', 'not_a_number'],
      [line({ unit: 'miles' }), 'unit', 'unknown'],
      [line(), undefined, undefined],
      [line(), 'reference', 'twice'],
      ['one,two', undefined, 'cells'],
    ] as const
    const found = read([HEADER, ...wrong.map(([text]) => text)].join('\n'))
    if ('fault' in found) throw new Error(found.fault)
    expect(found.reports).toHaveLength(1)
    const expected = wrong.flatMap(([, column, fault], at) =>
      fault === undefined ? [] : [{ line: at + 2, ...(column ? { column } : {}), fault }],
    )
    expect(found.faulty.map(({ found: _, ...each }) => each)).toEqual(expected)
  })

  it('is read with the line ends of Windows and of old Macs', () => {
    for (const end of ['\r\n', '\r'])
      expect(read([HEADER, line(), line({ reference: 'r2' }), ''].join(end))).toMatchObject({
        reports: [{ line: 2 }, { line: 3 }],
      })
  })

  it('that is none is told why', () => {
    expect(read('')).toEqual({ fault: 'empty' })
    expect(read(HEADER)).toEqual({ fault: 'empty' })
    expect(read('name,age\nLi,4')).toMatchObject({
      fault: 'no_header',
      missing: expect.arrayContaining(['handle']),
    })
    expect(read(new Uint8Array([0xff, 0xff, 0xff, 0x00]))).toEqual({ fault: 'not_text' })
    expect(read(new Uint8Array(2 * 1024 * 1024))).toEqual({ fault: 'too_large' })
    expect(read(`${HEADER}\n${Array.from({ length: 5001 }, () => line()).join('\n')}`)).toEqual({
      fault: 'too_many_lines',
    })
  })

  it('keeps what stands in quotes together: commas and quotes', () => {
    const quoted = line().replace('r1', '"ride, ""1"""')
    expect(read(`${HEADER}\n${quoted}\n`)).toMatchObject({ reports: [{ line: 2, reference: 'ride, "1"' }] })
  })
})

describe('the desk', () => {
  let backend: Backend
  afterEach(() => backend.close())

  it('signs each line with the provider’s desk key and delivers it as any report; handed in again, it counts once', async () => {
    backend = await startBackend({
      now: NOON,
      providers: true,
      samples: false,
    })
    const recycling = await TestProvider.of(backend, 'recycling')
    const me = await signIn(backend, { city: 'weifang' })
    const { handle } = await recycling.link(me)
    backend.now.advance(2 * HOUR_MS)
    const start = new Date(backend.now() + 7 * HOUR_MS).toISOString().slice(0, 16).replace('T', ' ')
    const csv = `${HEADER}\n${line({ handle, code: 'clothes', start, end: '', unit: 'kg' })}\n${line({ handle, code: 'tree', reference: 'r2' })}\n`
    const deliver = async (given?: Record<string, string>) =>
      backend.fetch(
        new Request('http://localhost:4173/api/v1/ops/providers/recycling/file', {
          method: 'POST',
          headers: { 'content-type': 'text/csv', ...(given ?? (await deskHeaders(backend))) },
          body: csv,
        }),
      )
    expect((await deliver({})).status).toBe(401)
    expect(await (await deliver()).json()).toMatchObject({
      ...{ taken: 1, before: 0, refused: [] },
      faulty: [{ line: 3, column: 'code', fault: 'unknown', found: 'tree' }],
    })
    expect(await (await deliver()).json()).toMatchObject({ taken: 0, before: 1 })
    const { records } = await me.sync()
    expect(records.map(({ body }) => openBody(body).kind)).toEqual(['consent.give', 'activity.report'])
  })
})
