/**
 * Signs in at a backend in demo mode, records one ride, and checks what comes back: chain, commitments, signature.
 * `node docs/examples/client.mjs [http://localhost:4173] [mobile number]`. Nothing but Node 20 or newer is needed.
 */
import { createHash, randomUUID, webcrypto } from 'node:crypto'

const [base = 'http://localhost:4173', phone = '13800138000'] = process.argv.slice(2)
/** The bytes that the hex stands for, then the text. */
const sha256 = (hex, text) => createHash('sha256').update(Buffer.from(hex, 'hex')).update(text).digest('hex')

/** RFC 8785 for what a command holds: members sorted, no blanks. */
const canonical = (value) =>
  typeof value !== 'object'
    ? JSON.stringify(value)
    : `{${Object.keys(value)
        .sort()
        .map((key) => `${JSON.stringify(key)}:${canonical(value[key])}`)
        .join(',')}}`

async function call(method, path, body, headers = {}) {
  const json = body && { 'content-type': 'application/json' }
  const response = await fetch(`${base}/api/v1${path}`, {
    method,
    headers: { ...json, ...headers },
    body: body && JSON.stringify(body),
  })
  const answer = await response.json()
  if (!response.ok) throw new Error(`${path}: ${answer.code}`) // RFC 9457, with a code that says whether to try again
  return {
    answer,
    cookie: response.headers
      .getSetCookie()
      .map((each) => each.split(';')[0])
      .join('; '),
  }
}

// The simulated gateway shows its last message on loopback; a real one sends it to the phone.
const asked = await call('POST', '/sign-in/codes', { phone })
const { answer: sms } = await call('GET', `/demo/sms?phone=${phone}`)
const { answer: me, cookie } = await call(
  'POST',
  '/sign-in',
  { phone, code: sms.code, deviceId: randomUUID(), deviceName: 'Example', city: 'weifang', wire: 2 },
  { cookie: asked.cookie },
)

// Made once, sent as often as needed: the id makes it one command.
const startedAt = Date.now() - 30 * 60_000
const command = canonical({
  id: randomUUID(),
  kind: 'activity.record',
  at: Date.now(),
  body: {
    code: 'bike',
    city: 'weifang',
    startedAt,
    endedAt: startedAt + 15 * 60_000,
    quantity: { value: 3200, unit: 'metre' },
    evidence: { trust: 'manual' },
  },
})

let cursor = { seq: 0, hash: '0'.repeat(64) }
let commands = [command]
for (let hasMore = true; hasMore; commands = []) {
  const request = { accountId: me.accountId, cursor, sentAt: Date.now(), commands, wire: 2 }
  const { answer: page } = await call('POST', '/sync', request, {
    cookie,
    'greentrace-secret': me.sessionSecret,
  })
  for (const { seq, body, hash, detail, salt } of page.records) {
    if (seq !== cursor.seq + 1 || sha256(cursor.hash, body) !== hash)
      throw new Error(`the chain breaks at ${seq}`)
    if (detail && sha256(salt, detail) !== JSON.parse(body).detail)
      throw new Error(`the detail of ${seq} is another`)
    cursor = { seq, hash }
    const { kind, outcome, transfers } = JSON.parse(body)
    console.log(
      `${seq} ${kind}: ${outcome}, ${transfers.map(({ asset, amount, credit }) => `${amount} ${asset} to ${credit}`).join(', ') || 'nothing moved'}`,
    )
  }
  await checkHead(page.head, cursor)
  hasMore = page.hasMore
}

/** The head is a compact JWS (ES256): who signed it, that it ends where this journal ends, and the balances there. */
async function checkHead(jws, { seq, hash }) {
  const [header, payload, signature] = jws.split('.')
  const read = (part) => JSON.parse(Buffer.from(part, 'base64url'))
  const { kid, typ } = read(header)
  const { answer: set } = await call('GET', '/keys?wire=2')
  const jwk = set.keys.find((key) => key.kid === kid && key.purpose === 'heads')
  const key = await webcrypto.subtle.importKey(
    'jwk',
    { kty: 'EC', crv: 'P-256', x: jwk.x, y: jwk.y },
    { name: 'ECDSA', namedCurve: 'P-256' },
    false,
    ['verify'],
  )
  const isGood = await webcrypto.subtle.verify(
    { name: 'ECDSA', hash: 'SHA-256' },
    key,
    Buffer.from(signature, 'base64url'),
    Buffer.from(`${header}.${payload}`),
  )
  const head = read(payload)
  if (
    !isGood ||
    typ !== 'greentrace-head+jws' ||
    head.account !== me.accountId ||
    head.seq !== seq ||
    head.hash !== hash
  )
    throw new Error('the head does not hold')
  console.log(`signed at ${seq}: ${head.available} points available, ${head.held} held`)
}
