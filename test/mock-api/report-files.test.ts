/** The file of an operator without engineers: read as spreadsheets write it, each wrong line told by its number, each right one counted once. */
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
  readReportFile(typeof text === 'string' ? utf8(text) : text, {
    codes: ['bike', 'clothes'],
    cities: ['weifang', 'qingdao'],
  })
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
    const quoted = line().replace('r1', '"ride,""1"""')
    expect(read(`${HEADER}\n${quoted}\n`)).toMatchObject({ reports: [{ line: 2, reference: 'ride,"1"' }] })
    const noted = `${line()},"雨天,\n绕了 ""湖"""\n${line({ reference: 'r2' })},\n`
    expect(read(`${HEADER},备注\n${noted}`)).toMatchObject({
      reports: [{ line: 2 }, { line: 4 }],
      faulty: [],
    })
  })

  it.each(['utf-16le', 'utf-16be'] as const)('is read in %s, with its mark and without', (encoding) => {
    for (const mark of ['\ufeff', '']) {
      const text = `${mark}${HEADER.replaceAll(',', '\t')}\r\n${line({ city: '潍坊' }).replaceAll(',', '\t')}\r\n`
      const bytes = Buffer.from(text, 'utf16le')
      const found = read(new Uint8Array(encoding === 'utf-16le' ? bytes : bytes.swap16()))
      expect(found).toMatchObject({ encoding, reports: [{ city: 'weifang' }], faulty: [] })
    }
  })

  it('is read in Big5, with the columns and cities of traditional characters', () => {
    // 流水號,用戶標識,行為,城市,開始時間,結束時間,數量,單位 and 濰坊市.
    const header = Buffer.from(
      'ac79a4f4b8b92ca5cea4e1bcd0c3d12ca6e6acb02cabb0a5ab2cb67da96caec9b6a12cb5b2a7f4aec9b6a12cbcc6b6712cb3e6a6ec0d0a',
      'hex',
    )
    const row = line().split('weifang')
    const bytes = Buffer.concat([
      header,
      Buffer.from(row[0]!),
      Buffer.from('c0e5a77ba5ab', 'hex'),
      Buffer.from(row[1]!),
    ])
    expect(read(bytes)).toMatchObject({ encoding: 'big5', reports: [{ city: 'weifang' }], faulty: [] })
  })

  it('has its cells parted as Excel says or shows, by the first line that holds anything', () => {
    const semicolons = [HEADER, line()].join('\n').replaceAll(',', ';')
    for (const text of [`sep=;\r\n${semicolons}`, `\r\n  \r\n${semicolons}`])
      expect(read(text)).toMatchObject({ reports: [{ reference: 'r1' }], faulty: [] })
    expect(read(`${HEADER},,\n${line()},,\n${line({ reference: 'r2' })},,,\n\u001a\0\0`)).toMatchObject({
      reports: [{}, {}],
      faulty: [],
    })
  })

  it('loses one line to a quote that is never closed, and none behind it', () => {
    const lines = ['r1', 'r2', 'r3', 'r4', 'r5'].map((reference) => line({ reference }))
    for (const torn of [[1], [1, 3], [4]]) {
      const text = lines.map((each, i) => (torn.includes(i) ? `"${each}` : each)).join('\n')
      const found = read(`${HEADER}\n${text}`)
      expect('faulty' in found && found.faulty).toEqual(torn.map((i) => ({ line: i + 2, fault: 'quotes' })))
      expect('reports' in found && found.reports).toHaveLength(5 - torn.length)
    }
  })

  it.each([
    ['2026-00-15 08:00', undefined],
    ['0026-11-21 08:00', undefined],
    ['2026-11-00 08:00', undefined],
    ['1969-12-31 08:00', undefined],
    ['2026-11-21 24:00', undefined],
    ['-2026-11-21 08:00', undefined],
    ['2026-2-29 08:00', undefined],
    ['２０２６年11月21日8：00', Date.UTC(2026, 10, 21)],
    ['2026.11.21 08:00:30', Date.UTC(2026, 10, 21, 0, 0, 30)],
    ['2028-02-29T08:00', Date.UTC(2028, 1, 29)],
  ])('has times that exist: %s', (start, at) => {
    const found = read(`${HEADER}\n${line({ start, end: '' })}`)
    if (at === undefined)
      expect(found).toMatchObject({ faulty: [{ column: 'startedAt', fault: 'not_a_time', found: start }] })
    else expect(found).toMatchObject({ reports: [{ startedAt: at }] })
  })

  it.each([
    ['amount', '３.２', 3200],
    ['amount', '"1,250.5"', 1_250_500],
    ['amount', '"3,25"', 'not_a_number'],
    ['amount', '1e308', 'not_a_number'],
    ['amount', '0.5.1', 'not_a_number'],
    ['amount', '999999999', 'too_much'],
    ['reference', '流水 001', 'not_a_name'],
    ['reference', 'r\u202e1', 'not_a_name'],
    ['reference', 'x'.repeat(129), 'too_long'],
    ['handle', '1.23457E+31', 'not_a_handle'],
    ['city', '淄博', 'unknown'],
  ])('says of the %s %s what it is, as the delivery would', (column, cell, told) => {
    const found = read(`${HEADER}\n${line({ [column]: cell })}`)
    if (typeof told === 'number') expect(found).toMatchObject({ reports: [{ quantity: { value: told } }] })
    else expect(found).toMatchObject({ reports: [], faulty: [{ line: 2, column, fault: told }] })
    if (cell.includes('\u202e')) expect(JSON.stringify(found)).not.toContain('\u202e')
  })

  it('never guesses whether a comma is a decimal point', () => {
    const found = read(
      [HEADER, line({ amount: '3.2' })].join('\n').replaceAll(',', ';').replace('3.2', '3,250'),
    )
    expect(found).toMatchObject({ faulty: [{ column: 'amount', fault: 'not_a_number', found: '3,250' }] })
  })

  it.each([
    ['a workbook', Buffer.from('504b0304140006000800', 'hex'), { fault: 'not_text' }],
    [
      'one line of a megabyte',
      `${HEADER}\n${'x'.repeat(1_000_000)}`,
      { faulty: [{ line: 2, fault: 'cells' }] },
    ],
    [
      'a megabyte of commas',
      `${HEADER}\n${','.repeat(1_000_000)}`,
      { faulty: [{ line: 2, fault: 'cells' }] },
    ],
    ['a megabyte of quotes', `${HEADER}\n${'"a\n'.repeat(300_000)}`, { fault: 'too_many_lines' }],
    ['a hundred thousand lines', `${HEADER}\n${'a\n'.repeat(100_000)}`, { fault: 'too_many_lines' }],
    ['a megabyte of empty lines', `${HEADER}${'\n'.repeat(1_000_000)}x`, { faulty: [{ line: 1_000_001 }] }],
  ])('is answered soon where it is %s', (_what, file, answer) => {
    const begun = performance.now()
    expect(read(file)).toMatchObject(answer)
    expect(performance.now() - begun).toBeLessThan(20_000)
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
