/** The OpenAPI document, and the same as a page to read: rendered here, without scripts, so that the strict policy holds for it too. */

import { createHash } from 'node:crypto'
import type { Hono } from 'hono'
import { html, raw } from 'hono/html'
import { generateSpecs } from 'hono-openapi'
import { SECRET_HEADER } from '../../src/contract/session.ts'
import { DPOP_HEADER } from '../../src/proof/dpop.ts'
import { VERSION } from '../base/version.ts'
import type { HttpEnv } from '../http/env.ts'
import { contentPolicy } from '../http/headers.ts'
import { TAGS } from './describe.ts'

type Spec = Awaited<ReturnType<typeof generateSpecs>>
type Operation = NonNullable<NonNullable<Spec['paths']>[string]['get']>

/** By what somebody shows who they are. */
const SCHEMES: NonNullable<NonNullable<Spec['components']>['securitySchemes']> = {
  session: {
    type: 'apiKey',
    in: 'cookie',
    name: 'gt-<first 8 of accountId>',
    description: 'Set by sign-in, one an account.',
  },
  secret: {
    type: 'apiKey',
    in: 'header',
    name: SECRET_HEADER,
    description:
      'Given once, in the answer to a sign-in that says `wire: 2`, or to the first exchange that says so of a session from before. From its first use on, the cookie alone opens nothing but signing out.',
  },
  helper: {
    type: 'apiKey',
    in: 'cookie',
    name: 'gt-help-<first 8 of accountId>',
    description: 'Set by coming in as a helper, one an account. Opens logging for it, and nothing else.',
  },
  operator: {
    type: 'apiKey',
    in: 'cookie',
    name: 'gt-ops',
    description: 'Set by signing in at the desk with a passkey; for twelve hours.',
  },
  opsToken: {
    type: 'http',
    scheme: 'bearer',
    description: 'OPS_TOKEN of the settings: enrols the first administrator, and opens nothing else.',
  },
  till: {
    type: 'apiKey',
    in: 'cookie',
    name: 'gt-till-<first 8 of accountId>',
    description: 'Set by coming in as a till, one a branch.',
  },
  proof: {
    type: 'apiKey',
    in: 'header',
    name: DPOP_HEADER,
    description:
      'RFC 9449, by a P-256 key of the device: `htm`, `htu` the path alone, `iat` within five minutes of the backend’s clock, `jti` new each time.',
  },
  provider: {
    type: 'http',
    scheme: 'bearer',
    bearerFormat: 'JWT',
    description:
      'Signed by a key of the provider: `typ: client-authentication+jwt`, `iss` its id, `aud` as the list of providers says, `iat` within five minutes.',
  },
}

const made = new WeakMap<Hono<HttpEnv>, Promise<Spec>>()

/** Routes do not change while the process runs. */
export function specOf(app: Hono<HttpEnv>): Promise<Spec> {
  let spec = made.get(app)
  if (!spec) {
    spec = generate(app)
    made.set(app, spec)
  }
  return spec
}

function generate(app: Hono<HttpEnv>): Promise<Spec> {
  return generateSpecs(app, {
    documentation: {
      openapi: '3.1.0',
      info: {
        title: '绿迹 Greentrace',
        version: VERSION,
        description:
          'An offline-first ledger: commands go in, signed and chained records come out. Errors are RFC 9457 problems with a code.',
        license: { name: 'MIT', identifier: 'MIT' },
      },
      servers: [{ url: '/', description: 'Where this document comes from' }],
      tags: Object.entries(TAGS).map(([name, description]) => ({ name, description })),
      components: {
        securitySchemes: SCHEMES,
      },
    },
  })
}

const STYLE = `
:root { color-scheme: light dark; font: 16px/1.6 system-ui, sans-serif }
body { max-width: 60rem; margin: 2rem auto; padding: 0 1rem }
h2 { margin: 2.5rem 0 .25rem; font-size: 1.1rem; font-family: ui-monospace, monospace; overflow-wrap: anywhere }
h3 { margin: 1rem 0 .25rem; font-size: 1rem }
pre { overflow-x: auto; padding: .75rem; border: 1px solid color-mix(in srgb, currentColor 25%, transparent); border-radius: .5rem; font-size: .85rem }
summary { cursor: pointer; min-height: 1.75rem }
`

export function docsPage(spec: Spec): Response {
  const operations = Object.entries(spec.paths ?? {}).flatMap(([path, item]) =>
    Object.entries(item ?? {}).map(([method, operation]) => section(method, path, operation as Operation)),
  )
  const page = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${spec.info.title} API ${spec.info.version}</title>
<style>${raw(STYLE)}</style>
</head>
<body>
<h1>${spec.info.title} API ${spec.info.version}</h1>
<p>${spec.info.description ?? ''} <a href="/api/v1/openapi.json">OpenAPI 3.1</a></p>
${operations}
</body>
</html>`
  const hash = `sha256-${createHash('sha256').update(STYLE).digest('base64')}`
  return new Response(String(page), {
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': contentPolicy({ styles: [hash] }),
      'cache-control': 'no-cache',
    },
  })
}

function section(method: string, path: string, operation: Operation) {
  const bodies = contentsOf(operation.requestBody).map((schema) => details('Request', schema))
  const answers = Object.entries(operation.responses ?? {}).map(([status, response]) => {
    const words = 'description' in response ? response.description : ''
    const schemas = contentsOf(response)
    return schemas.length === 0
      ? html`<p>${status} ${words}</p>`
      : schemas.map((schema) => details(`${status} ${words}`, schema))
  })
  return html`<section><h2>${method.toUpperCase()} ${path}</h2><p>${operation.summary ?? ''}</p>${bodies}${answers}</section>`
}

function contentsOf(holder: unknown): unknown[] {
  const { content } = (holder ?? {}) as { content?: Record<string, { schema?: unknown }> }
  return Object.values(content ?? {}).map(({ schema }) => schema)
}

function details(title: string, schema: unknown) {
  return html`<details><summary>${title}</summary><pre>${JSON.stringify(schema, null, 2)}</pre></details>`
}
