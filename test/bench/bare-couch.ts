/**
 * A process of its own that takes what PouchDB pushes, and does nothing else: no check, no decision, no signature; one statement a batch, into
 * PGlite in a folder. `node test/bench/bare-couch.ts <folder>` prints its address once it listens, on loopback.
 */
import { createServer, type IncomingMessage } from 'node:http'
import { text } from 'node:stream/consumers'
import { openPglite } from '../../mock-api/storage/pglite.ts'

const db = await openPglite({ folder: process.argv[2] ?? '' })
await db.script('create table docs (id text primary key, rev text not null, body text not null)')
await db.script('create table marks (id text primary key, body text not null)')

interface Doc {
  readonly _id: string
  readonly _rev: string
}

/** The part of CouchDB's protocol that a push needs: who it is, its marks, which revisions are missing, the documents. */
async function answer(request: IncomingMessage): Promise<{ status?: number; body: unknown }> {
  const [, , kind = '', name = ''] = new URL(request.url ?? '/', 'http://bare').pathname.split('/')
  const body: unknown = request.method === 'GET' ? undefined : JSON.parse((await text(request)) || 'null')
  if (kind === '_revs_diff')
    return {
      body: Object.fromEntries(
        Object.entries(body as Record<string, string[]>).map(([id, revs]) => [id, { missing: revs }]),
      ),
    }
  if (kind === '_bulk_docs') {
    const { docs } = body as { docs: Doc[] }
    await db.query(
      'insert into docs (id, rev, body) select * from unnest($1::text[], $2::text[], $3::text[]) on conflict (id) do nothing',
      [docs.map(({ _id }) => _id), docs.map(({ _rev }) => _rev), docs.map((doc) => JSON.stringify(doc))],
    )
    return { status: 201, body: [] }
  }
  if (kind === '_local' && request.method === 'GET') {
    const [mark] = await db.query<{ body: string }>('select body from marks where id = $1', [name])
    return mark ? { body: JSON.parse(mark.body) } : { status: 404, body: { error: 'not_found' } }
  }
  if (kind === '_local') {
    const mark = JSON.stringify({ ...(body as object), _rev: '0-1' })
    await db.query(
      'insert into marks (id, body) values ($1, $2) on conflict (id) do update set body = excluded.body',
      [name, mark],
    )
    return { status: 201, body: { ok: true, id: `_local/${name}`, rev: '0-1' } }
  }
  const [{ count } = { count: 0 }] = await db.query<{ count: number }>(
    'select count(*)::int as count from docs',
  )
  return {
    body: { db_name: 'acts', uuid: 'bare', instance_start_time: '0', doc_count: count, update_seq: count },
  }
}

const server = createServer((request, response) => {
  answer(request).then(
    ({ status = 200, body }) =>
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body)),
    (error: unknown) => response.writeHead(500).end(String(error)),
  )
})
server.listen(0, '127.0.0.1', () => {
  const address = server.address()
  if (address && typeof address === 'object') console.info(`http://localhost:${address.port}`)
})
process.on('SIGTERM', () => process.exit(0))
