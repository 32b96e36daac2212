/** What the OpenAPI document says of a route, next to the route itself; shapes come from the schemas that the route parses by. */
import type { MiddlewareHandler } from 'hono'
import { describeRoute, resolver } from 'hono-openapi'
import type * as v from 'valibot'
import { PROBLEMS, type ProblemCode, problemSchema } from '../../src/contract/problem.ts'

interface RouteWords {
  readonly summary: string
  readonly tag: 'catalog' | 'session' | 'sync' | 'account' | 'demo' | 'ops'
  readonly body?: v.GenericSchema
  /** Absent: 204, nothing to say, or what `media` names. */
  readonly answer?: v.GenericSchema
  /** Media types of an answer that is no JSON, or not only; or of a request's body. */
  readonly media?: readonly string[]
  readonly bodyMedia?: readonly string[]
  readonly problems?: readonly ProblemCode[]
  readonly params?: readonly string[]
  readonly query?: readonly string[]
  readonly optionalQuery?: readonly string[]
  /** `cookie`: the session's cookie alone. */
  readonly security?: keyof typeof SECURITY
}

const SECURITY = {
  // The second way is an older app's, whose session has no secret yet.
  session: [{ session: [], secret: [] }, { session: [] }],
  cookie: [{ session: [] }],
  operator: [{ operator: [] }],
}

/** What every route says that takes a body. */
const BODY_PROBLEMS = ['malformed', 'too_large', 'timed_out'] as const

/** Brands and lower-casing do not change what crosses the wire. */
const OPTIONS = { options: { errorMode: 'ignore' } }

export function describe(words: RouteWords): MiddlewareHandler {
  const {
    summary,
    tag,
    body,
    answer,
    problems = [],
    params = [],
    query = [],
    optionalQuery = [],
    security,
    media,
    bodyMedia,
  } = words
  const parameter = (name: string, place: 'path' | 'query', required = true) =>
    ({ name, in: place, required, schema: { type: 'string' } }) as const
  return describeRoute({
    summary,
    tags: [tag],
    operationId: summary
      .toLowerCase()
      .replaceAll(/[^a-z]+/g, '-')
      .replaceAll(/^-|-$/g, ''),
    parameters: [
      ...params.map((name) => parameter(name, 'path')),
      ...query.map((name) => parameter(name, 'query')),
      ...optionalQuery.map((name) => parameter(name, 'query', false)),
    ],
    ...(security ? { security: SECURITY[security] } : {}),
    ...(body
      ? {
          requestBody: {
            required: true,
            content: { 'application/json': { schema: resolver(body, OPTIONS) } },
          },
        }
      : {}),
    ...(bodyMedia ? { requestBody: { required: true, content: contentOf(bodyMedia) } } : {}),
    responses: {
      ...(answer
        ? {
            200: {
              description: 'OK',
              content: {
                'application/json': { schema: resolver(answer, OPTIONS) },
                ...contentOf(media ?? []),
              },
            },
          }
        : media
          ? { 200: { description: 'OK', content: contentOf(media) } }
          : { 204: { description: 'Done' } }),
      ...problemAnswers([...new Set([...problems, ...(body || bodyMedia ? BODY_PROBLEMS : [])])]),
    },
  })
}

function contentOf(types: readonly string[]) {
  return Object.fromEntries(types.map((type) => [type, { schema: { type: 'string' } as const }]))
}

/** One entry a status: several codes may share it. */
function problemAnswers(codes: readonly ProblemCode[]) {
  const statuses = [...new Set(codes.map((code) => PROBLEMS[code].status))]
  return Object.fromEntries(
    statuses.map((status) => [
      status,
      {
        description: codes.filter((code) => PROBLEMS[code].status === status).join(', '),
        content: { 'application/problem+json': { schema: resolver(problemSchema, OPTIONS) } },
      },
    ]),
  )
}
