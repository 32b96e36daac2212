/** Citizens' words to the city over HTTP: taken in, read by an operator, answered into the citizen's own journal, with a photo beside. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { sha256Hex } from '../../mock-api/base/hash.ts'
import { audit } from '../../mock-api/book/audit.ts'
import { DAY_MS } from '../../src/domain/base/time.ts'
import { PHOTO_BYTES_MAX } from '../../src/domain/taking-part/voice.ts'
import { type Backend, startBackend } from '../support/backend.ts'
import { type Client, call, signIn } from '../support/client.ts'
import { appeal, cleanPlate, feedback, nominate } from '../support/commands.ts'
import { ENGINES } from '../support/database.ts'
import { deskHeaders } from '../support/operator.ts'
import { recordsOf } from '../support/shop.ts'

const JPEG = new Uint8Array([0xff, 0xd8, 0xff, 0xe0, 1, 2, 3])
const digest = sha256Hex(JPEG)

describe.each(ENGINES)('feedback and nominations on %s', (engine) => {
  let backend: Backend
  beforeAll(async () => {
    backend = await startBackend({ db: engine })
  })
  afterAll(async () => {
    expect(await audit(backend.db)).not.toHaveProperty('fault')
    await backend.close()
  })

  const open = async () => {
    const response = await call(backend, {
      method: 'GET',
      path: '/api/v1/ops/voices',
      headers: await deskHeaders(backend),
    })
    return ((await response.json()) as { voices: { voiceId: string; state: string; hasPhoto: boolean }[] })
      .voices
  }
  const answer = async (me: Client, voiceId: string, body: unknown) =>
    call(backend, {
      method: 'POST',
      path: `/api/v1/ops/voices/${me.accountId}/${voiceId}`,
      headers: await deskHeaders(backend),
      body,
    })
  const send = (me: Client, name: string, bytes: Uint8Array<ArrayBuffer>) =>
    backend.fetch(
      new Request(`http://localhost:4173/api/v1/accounts/${me.accountId}/photos/${name}`, {
        method: 'PUT',
        headers: { cookie: me.cookie, 'content-type': 'image/jpeg' },
        body: bytes,
      }),
    )
  const photoOf = (me: Client, by: Client = me) =>
    backend.fetch(
      new Request(`http://localhost:4173/api/v1/accounts/${me.accountId}/photos/${digest}`, {
        headers: { cookie: by.cookie },
      }),
    )
  const withPhoto = { digest, type: 'image/jpeg', bytes: JPEG.length } as const

  it('shows an operator the words, and the answer comes into the citizen’s journal', async () => {
    const me = await signIn(backend)
    const said = feedback(backend, { measureId: 'wf-m-bike-more', text: '学校门口也想要一个站' })
    expect((await me.sync([said])).receipts[0]?.outcome).toBe('accepted')
    expect(await open()).toContainEqual(
      expect.objectContaining({
        voiceId: said.id,
        city: 'weifang',
        state: 'received',
        hasPhoto: false,
        command: expect.stringContaining('学校门口也想要一个站'),
      }),
    )
    expect((await answer(me, said.id, { state: 'in_progress' })).status).toBe(200)
    expect((await open()).find(({ voiceId }) => voiceId === said.id)?.state).toBe('in_progress')
    expect((await answer(me, said.id, { state: 'adopted', note: '明年会加站' })).status).toBe(200)
    expect((await open()).map(({ voiceId }) => voiceId)).not.toContain(said.id)
    expect((await answer(me, said.id, { state: 'declined' })).status).toBe(404)
    const records = await recordsOf(me)
    expect(records.map(({ body }) => body.kind)).toEqual(['feedback.send', 'voice.answer', 'voice.answer'])
    expect(records.at(-1)?.detail).toMatchObject({
      about: said.id,
      voiceState: 'adopted',
      note: '明年会加站',
    })
  })

  it('says nothing to those who are no operator, and refuses an answer that is none', async () => {
    const me = await signIn(backend)
    const said = feedback(backend)
    await me.sync([said])
    expect((await call(backend, { method: 'GET', path: '/api/v1/ops/voices' })).status).toBe(401)
    expect((await answer(me, said.id, { state: 'received' })).status).toBe(400)
    for (const note of ['  ', '好\u0007的', '好\ud83d'])
      expect((await answer(me, said.id, { state: 'answered', note })).status, JSON.stringify(note)).toBe(400)
    expect((await answer(me, 'not-an-id', { state: 'answered' })).status).toBe(404)
  })

  it('keeps the photo that a nomination has announced, once and for its owner and the operator only', async () => {
    const me = await signIn(backend)
    const stranger = await signIn(backend)
    expect((await send(me, digest, JPEG)).status).toBe(404) // announced by nobody
    const said = nominate(backend, { photo: withPhoto })
    await me.sync([said])
    expect((await send(stranger, digest, JPEG)).status).toBe(404)
    expect((await photoOf(me)).status).toBe(404)
    expect((await send(me, digest, JPEG)).status).toBe(204)
    const written = () =>
      backend.db.query('select xmin::text as version from voices where account_id = $1', [me.accountId])
    const first = await written()
    expect((await send(me, digest, JPEG)).status).toBe(204)
    expect(await written()).toEqual(first) // no row is written anew
    const photo = await photoOf(me)
    expect(photo.headers.get('content-type')).toBe('image/jpeg')
    // Kept by the browser, it would still be shown after signing out.
    expect(photo.headers.get('cache-control')).toBe('no-store')
    expect(new Uint8Array(await photo.arrayBuffer())).toEqual(JPEG)
    expect((await photoOf(me, stranger)).status).toBe(401)
    expect((await open()).find(({ voiceId }) => voiceId === said.id)?.hasPhoto).toBe(true)
    const path = `/api/v1/ops/voices/${me.accountId}/photos/${digest}`
    expect((await call(backend, { method: 'GET', path, headers: await deskHeaders(backend) })).status).toBe(
      200,
    )
  })

  it('keeps the photo of an appeal too: the operator sees it beside the words, and it goes with the account', async () => {
    const me = await signIn(backend)
    const late = cleanPlate(backend, { startedAt: backend.now() - 50 * DAY_MS })
    await me.sync([late, appeal(backend, late.id, '小票在照片上', withPhoto)])
    const path = `/api/v1/ops/cases/${me.accountId}/appealed`
    const headers = await deskHeaders(backend)
    const asked = async () => {
      const answer = await call(backend, { method: 'GET', path, headers })
      return ((await answer.json()) as { acts: unknown[] }).acts
    }
    expect(await asked()).toMatchObject([{ appeal: '小票在照片上', photoDigest: digest, hasPhoto: false }])
    expect((await send(me, digest, JPEG)).status).toBe(204)
    expect(await asked()).toMatchObject([{ photoDigest: digest, hasPhoto: true }])
    expect(new Uint8Array(await (await photoOf(me)).arrayBuffer())).toEqual(JPEG)
    expect((await photoOf(me, await signIn(backend))).status).toBe(401)
    const seen = `/api/v1/ops/voices/${me.accountId}/photos/${digest}`
    expect((await call(backend, { method: 'GET', path: seen, headers })).status).toBe(200)
    expect((await me.call('DELETE', `/api/v1/accounts/${me.accountId}`)).status).toBe(200)
    expect((await call(backend, { method: 'GET', path: seen, headers })).status).toBe(404)
  })

  it('takes no other bytes, no page dressed as a picture, and nothing too large', async () => {
    const me = await signIn(backend)
    const html = new TextEncoder().encode('<script>alert(1)</script>')
    const page = { digest: sha256Hex(html), type: 'image/jpeg', bytes: html.length } as const
    await me.sync([nominate(backend, { photo: withPhoto }), nominate(backend, { photo: page })])
    expect((await send(me, digest, new Uint8Array([0xff, 0xd8, 0xff]))).status).toBe(400)
    expect((await send(me, page.digest, html)).status).toBe(400)
    expect((await send(me, digest, new Uint8Array(PHOTO_BYTES_MAX + 1))).status).toBe(413)
    expect((await send(me, '../keys', JPEG)).status).toBe(404)
  })

  it('forgets words and photo with the account', async () => {
    const me = await signIn(backend)
    const said = nominate(backend, { photo: withPhoto })
    await me.sync([said])
    await send(me, digest, JPEG)
    expect((await me.call('DELETE', `/api/v1/accounts/${me.accountId}`)).status).toBe(200)
    expect((await open()).map(({ voiceId }) => voiceId)).not.toContain(said.id)
    const rows = await backend.db.query('select voice_id from voices where account_id = $1', [me.accountId])
    expect(rows).toEqual([])
  })
})
