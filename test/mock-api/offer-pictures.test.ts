/** Pictures of offers over HTTP: brought by a clerk, seen by whoever decides, public with the version that shows them, and what is no picture refused. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { sha256Hex } from '../../mock-api/base/hash.ts'
import { DAY_MS } from '../../src/domain/base/time.ts'
import { type Backend, startBackend } from '../support/backend.ts'
import { call } from '../support/client.ts'
import { ENGINES } from '../support/database.ts'
import { operatorWith, type TestOperator } from '../support/operator.ts'
import { jpegOf, jpegWith, samplePicture } from '../support/pictures.ts'

describe.each(ENGINES)('a picture of an offer on %s', (engine) => {
  let backend: Backend
  let clerk: TestOperator
  let approver: TestOperator
  beforeAll(async () => {
    backend = await startBackend({ db: engine })
    clerk = await operatorWith(backend, ['catalog'])
    approver = await operatorWith(backend, ['approver'])
  })
  afterAll(() => backend.close())

  const bring = (bytes: Buffer, { cookie } = clerk, type = 'image/webp') =>
    backend.fetch(
      new Request('http://localhost:4173/api/v1/ops/pictures', {
        method: 'POST',
        headers: { 'content-type': type, cookie },
        body: new Uint8Array(bytes),
      }),
    )
  const open = (digest: string, headers: Record<string, string> = {}) =>
    call(backend, { method: 'GET', path: `/api/v1/pictures/${digest}`, headers })
  let made = 0
  const publish = (digest: string, given: object = {}) =>
    clerk.call('POST', '/offers', {
      ...{
        id: `pictured-${++made}`,
        base: 0,
        category: 'food',
        merchantId: 'sample-cafe',
        cities: ['jinan'],
      },
      ...{ titleZh: '饼', titleEn: 'Cake', termsZh: '到店出示', termsEn: 'Show it' },
      ...{
        pricePoints: 50,
        valueFen: 50,
        perPersonMax: 2,
        validDays: 30,
        endsAt: backend.now() + 30 * DAY_MS,
      },
      stock: { pieces: 20, budgetFen: 1000 },
      options: { picture: { digest, altZh: '一块饼', altEn: 'A cake' } },
      ...given,
    })
  const pictureTold = async (id: string) => {
    const answer = await call(backend, { method: 'GET', path: '/api/v1/offers?wire=2' })
    const { offers } = (await answer.json()) as { offers: { offer: { id: string; picture?: object } }[] }
    return offers.find(({ offer }) => offer.id === id)?.offer.picture
  }

  it.each(['lossy.webp', 'plain.jpg'] as const)(
    'is told what it is and by which name it goes: %s',
    async (name) => {
      const bytes = samplePicture(name)
      const type = name.endsWith('.jpg') ? 'image/jpeg' : 'image/webp'
      const answer = await bring(bytes)
      expect([answer.status, await answer.json()]).toEqual([
        200,
        { digest: sha256Hex(bytes), type, width: 320, height: 240 },
      ])
    },
  )

  it('is the desk’s alone until a version shows it, then everybody’s, for ever and under no other type', async () => {
    const bytes = samplePicture('lossless.webp')
    const digest = sha256Hex(bytes)
    await bring(bytes)
    expect((await open(digest)).status).toBe(404)
    const seen = await approver.call('GET', `/pictures/${digest}`)
    expect([seen.status, seen.headers.get('cache-control')]).toEqual([200, 'no-store'])
    expect(await publish(digest).then((answer) => answer.json())).toEqual({})
    const shown = await open(digest)
    expect(Buffer.from(await shown.arrayBuffer())).toEqual(bytes)
    expect(Object.fromEntries(shown.headers)).toMatchObject({
      'content-type': 'image/webp',
      'cache-control': 'public, max-age=31536000, immutable',
      'x-content-type-options': 'nosniff',
      'content-security-policy': "default-src 'none'; sandbox",
    })
    const again = await open(digest, { 'if-none-match': shown.headers.get('etag') ?? '' })
    expect([again.status, await again.text()]).toEqual([304, ''])
    expect(await pictureTold(`pictured-${made}`)).toEqual({
      ...{ digest, type: 'image/webp', width: 320, height: 240, altZh: '一块饼', altEn: 'A cake' },
    })
  })

  it('belongs to its version: another has another, and one without options keeps it', async () => {
    const digest = sha256Hex(samplePicture('plain.jpg'))
    await bring(samplePicture('plain.jpg'))
    await publish(digest)
    const id = `pictured-${made}`
    const next = { id, base: 1, stock: undefined }
    await publish(digest, { ...next, titleEn: 'A cake', options: undefined })
    expect(await pictureTold(id)).toMatchObject({ digest })
    await publish(digest, { ...next, base: 2, options: {} })
    expect(await pictureTold(id)).toBeUndefined()
    const versions = await clerk.call('GET', `/offers/${id}`)
    expect(await versions.json()).toMatchObject({
      versions: [{ version: 3 }, { picture: { digest } }, { picture: { digest } }],
    })
  })

  it('waits with its offer for the second person, who sees these very bytes', async () => {
    const bytes = samplePicture('progressive.jpg')
    const digest = sha256Hex(bytes)
    await bring(bytes)
    const answer = await publish(digest, {
      ...{ valueFen: 2001, pricePoints: 2001, stock: { pieces: 1, budgetFen: 2001 } },
    })
    const { proposalId } = (await answer.json()) as { proposalId: string }
    expect((await open(digest)).status).toBe(404)
    const proposal = (await (await approver.call('GET', `/proposals/${proposalId}`)).json()) as {
      payload: string
      digest: string
    }
    expect(proposal.payload).toContain(digest)
    const seen = await approver.call('GET', `/pictures/${digest}`)
    expect(Buffer.from(await seen.arrayBuffer())).toEqual(bytes)
    await approver.call('POST', `/proposals/${proposalId}`, { verdict: 'approve', digest: proposal.digest })
    expect((await open(digest)).status).toBe(200)
  })

  it.each([
    ['of 4 MB', Buffer.alloc(4 * 1024 * 1024), 413, 'too_large', undefined],
    ['of one byte too many', Buffer.alloc(40 * 1024 + 1), 413, 'too_large', undefined],
    [
      'that is SVG',
      Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'),
      400,
      'malformed',
      'a JPEG or WebP',
    ],
    [
      'whose first bytes are another’s',
      Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
      400,
      'malformed',
      'a JPEG or WebP',
    ],
    ['of too many pixels', jpegOf(4000, 3000), 400, 'malformed', '160 to 800 pixels'],
    ['that says where it was taken', jpegWith(0xe1, 'Exif\0\0'), 400, 'malformed', 'no metadata'],
    ['that is upright', jpegOf(300, 400), 400, 'malformed', 'square or lying'],
    [
      'of which half is missing',
      samplePicture('plain.jpg').subarray(0, 500),
      400,
      'malformed',
      'a whole picture',
    ],
    ['of nothing', Buffer.alloc(0), 400, 'malformed', 'a JPEG or WebP'],
  ])('%s is refused in words, whatever type it says', async (_, bytes, status, code, words) => {
    const answer = await bring(bytes, clerk, 'image/jpeg')
    const problem = (await answer.json()) as { code: string; detail?: string }
    expect([answer.status, problem.code]).toEqual([status, code])
    if (words !== undefined) expect(problem.detail).toMatch(new RegExp(`^picture: expected .*${words}`))
  })

  it('comes from nobody but a clerk of offers', async () => {
    const bytes = samplePicture('plain.jpg')
    expect((await bring(bytes, { ...clerk, cookie: '' })).status).toBe(401)
    expect((await bring(bytes, approver)).status).toBe(403)
    expect((await bring(bytes, await operatorWith(backend, ['auditor']))).status).toBe(403)
  })

  it('that was never brought is refused at its field, and so is one without words', async () => {
    const fieldOf = async (answer: Response) =>
      ((await answer.json()) as { detail: string }).detail.split(':')[0]
    expect(await fieldOf(await publish('a'.repeat(64)))).toBe('options.picture.digest')
    const digest = sha256Hex(samplePicture('plain.jpg'))
    const wordless = { options: { picture: { digest, altZh: ' ', altEn: 'A cake' } } }
    expect(await fieldOf(await publish(digest, wordless))).toBe('options.picture.altZh')
  })

  it('that no version ever showed is forgotten after more days than a proposal waits; a shown one never', async () => {
    const idle = jpegOf(321, 240)
    await bring(idle)
    backend.now.advance(7.5 * DAY_MS)
    await backend.sweep()
    const fresh = await operatorWith(backend, ['catalog'])
    const seen = async (bytes: Buffer) => (await fresh.call('GET', `/pictures/${sha256Hex(bytes)}`)).status
    expect(await seen(idle)).toBe(200)
    backend.now.advance(DAY_MS / 4)
    await bring(idle, fresh)
    backend.now.advance(DAY_MS / 2)
    await backend.sweep()
    const later = await operatorWith(backend, ['catalog'])
    const seenLater = async (bytes: Buffer) =>
      (await later.call('GET', `/pictures/${sha256Hex(bytes)}`)).status
    expect(await seenLater(idle)).toBe(200) // it was brought again
    backend.now.advance(8 * DAY_MS)
    await backend.sweep()
    const last = await operatorWith(backend, ['catalog'])
    expect((await last.call('GET', `/pictures/${sha256Hex(idle)}`)).status).toBe(404)
    expect((await open(sha256Hex(samplePicture('plain.jpg')))).status).toBe(200)
  })

  it('is no more than a clerk tries in an hour', async () => {
    const eager = await operatorWith(backend, ['catalog'])
    const tries = await Promise.all(
      Array.from({ length: 61 }, () => bring(samplePicture('plain.jpg'), eager)),
    )
    expect(tries.filter(({ status }) => status === 429)).toHaveLength(1)
  })
})
