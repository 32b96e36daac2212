/** The desk's content packs: those that were published here, a new one, and one that is taken back. */
import { isNewer } from '../../../src/content/newest-pack.ts'
import { loadCity } from '../../../src/content/registry.ts'
import type { CityPack } from '../../../src/content/schema.ts'
import {
  type ContentPackLine,
  PACK_BYTES_MAX,
  packKeySchema,
  packUploadSchema,
} from '../../../src/contract/desk/content.ts'
import { DESK_LISTS } from '../../../src/contract/desk/lists.ts'
import type { Deps } from '../../base/deps.ts'
import { BODY_BYTES_MAX } from '../../base/limits.ts'
import { actInOffice } from '../../book/act-in-office.ts'
import { publishPackAct, takePackBackAct } from '../../desk/content-acts.ts'
import { checkedPack, contentOf } from '../../feeds/content.ts'
import { readJson } from '../../http/body.ts'
import type { HttpContext } from '../../http/env.ts'
import { requireRole } from '../../http/operator.ts'
import { ProblemError } from '../../http/problem.ts'
import { type ContentPackRow, readContentPacks, readServedPack } from '../../storage/content-packs.ts'
import { cityParam } from '../public.ts'
import { type Page, pageOfAll } from './list-page.ts'

/** Nested and long beyond any form: a thousand records of a plan. */
const PACK_BOUNDS = { bytes: PACK_BYTES_MAX, depth: 12, values: 100_000 }

export async function listContentPacks(c: HttpContext, deps: Deps): Promise<Page<ContentPackLine>> {
  await requireRole(c, deps, 'catalog')
  const lines: ContentPackLine[] = []
  for (const row of await readContentPacks(deps.db)) lines.push(await lineOf(deps, row))
  return pageOfAll(c, DESK_LISTS.content, lines, {
    key: (line) => `${line.city} ${versionKey(line)}`,
    words: ({ city, version }) => [city, version],
    sorts: { published: ({ publishedAt }) => publishedAt, version: versionKey },
    filters: {
      state: ({ takenBackAt, isServed }, state) =>
        state === (takenBackAt !== undefined ? 'back' : isServed ? 'served' : 'waiting'),
      city: (line, city) => line.city === city,
    },
  })
}

function versionKey({ version, revision }: Pick<ContentPackLine, 'version' | 'revision'>): string {
  return `${version} ${String(revision).padStart(6, '0')}`
}

/** What phones are given now: what a new one is compared with. */
export async function readServedContent(c: HttpContext, deps: Deps): Promise<CityPack> {
  const city = cityParam(c)
  await requireRole(c, deps, 'catalog', { city })
  return contentOf(deps, city)
}

async function lineOf(deps: Deps, row: ContentPackRow): Promise<ContentPackLine> {
  const { takenBackAt, ...rest } = row
  return {
    ...rest,
    ...(takenBackAt === null ? {} : { takenBackAt }),
    isServed: await isServed(deps, row),
  }
}

async function isServed(deps: Deps, row: ContentPackRow): Promise<boolean> {
  const served = await readServedPack(deps.db, row.city)
  const isNewest = served?.version === row.version && served.revision === row.revision
  return isNewest && isNewer(row, deps.published.get(row.city) ?? (await loadCity(row.city)))
}

export async function publishPackRoute(c: HttpContext, deps: Deps): Promise<void> {
  const city = cityParam(c)
  const operator = await requireRole(c, deps, 'catalog', { city, stepUp: true })
  const { pack } = await readJson(c, packUploadSchema, PACK_BOUNDS)
  const payload = await checkedPack(deps, city, pack)
  const subject = `content ${city} ${payload.version}-${payload.revision}`
  await actInOffice(deps, operator, { act: publishPackAct, city, subject, payload })
}

export async function takePackBackRoute(c: HttpContext, deps: Deps): Promise<void> {
  const city = cityParam(c)
  const operator = await requireRole(c, deps, 'catalog', { city, stepUp: true })
  const key = await readJson(c, packKeySchema, BODY_BYTES_MAX)
  const served = await readServedPack(deps.db, city)
  if (served?.version !== key.version || served.revision !== key.revision) throw new ProblemError('not_found')
  const subject = `content ${city} ${key.version}-${key.revision}`
  await actInOffice(deps, operator, { act: takePackBackAct, city, subject, payload: { city, ...key } })
}
