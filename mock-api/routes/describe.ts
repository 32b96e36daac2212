/** What the OpenAPI document says of a route, next to the route itself; shapes come from the schemas that the route parses by. */
import type { MiddlewareHandler } from 'hono'
import { describeRoute, resolver } from 'hono-openapi'
import type * as v from 'valibot'
import { PROBLEMS, type ProblemCode, problemSchema } from '../../src/contract/problem.ts'

/** The groups of the document, each with what it is for. */
export const TAGS = {
  catalog: 'What everybody may read: rules, keys, offers, and what the cities say.',
  session: 'Signing in by a code.',
  sync: 'Commands in, records out, and what a phone brings back after a backup was restored.',
  account: 'What a signed-in person does with the account itself.',
  providers: 'Services that report: who they are, their pushes and what they are told.',
  tills: 'A branch’s tills: coming in, the exchange, and what they work by without a network.',
  demo: 'Only of a demonstration, and only on its own machine: what a phone would ring with.',
  ops: 'The desk’s: people with passkeys and roles.',
} as const

interface RouteWords {
  readonly summary: string
  readonly tag: keyof typeof TAGS
  readonly body?: v.GenericSchema
  /** Absent: 204, nothing to say, or what `media` names. */
  readonly answer?: v.GenericSchema
  /** Media types of an answer that is no JSON, or not only; or of a request's body. */
  readonly media?: readonly string[]
  readonly bodyMedia?: readonly string[]
  /** Taken and nothing to say: 202. */
  readonly isTaken?: boolean
  readonly problems?: readonly ProblemCode[]
  readonly params?: readonly string[]
  readonly query?: readonly string[]
  readonly optionalQuery?: readonly string[]
  /** Said by every route, so that none is open by being forgotten. */
  readonly security: keyof typeof SECURITY
}

const SECURITY = {
  none: [],
  // The second way is an older app's, whose session has no secret yet.
  session: [{ session: [], secret: [] }, { session: [] }],
  // Signing out: by the cookie alone, and without it as well, when the session has ended before.
  cookie: [{ session: [] }, {}],
  helper: [{ helper: [], secret: [] }],
  proof: [{ proof: [] }],
  till: [{ till: [], secret: [], proof: [] }],
  operator: [{ operator: [] }],
  // The first administrator by the token, anybody else by an invitation.
  enrolment: [{ opsToken: [] }, {}],
  provider: [{ provider: [] }],
}

/** What every route says that takes a body. */
const BODY_PROBLEMS = ['malformed', 'too_large', 'timed_out'] as const

interface Converted {
  readonly valibotAction: { readonly metadata?: object }
  readonly jsonSchema: object
}

/** Marks on a schema are for those of our own code who read it: JSON Schema knows no such words. */
function withoutMarks({ valibotAction, jsonSchema }: Converted): object | undefined {
  if (valibotAction.metadata === undefined) return undefined
  const marks = Object.keys(valibotAction.metadata)
  return Object.fromEntries(Object.entries(jsonSchema).filter(([word]) => !marks.includes(word)))
}

/** Brands and lower-casing do not change what crosses the wire. */
const OPTIONS = { options: { errorMode: 'ignore', overrideAction: withoutMarks } }

/** Of every request whose head or body stands still; cut off by the server itself, before any route could say it as a problem. */
const CUT_OFF = { 408: { description: 'The request did not come to its end in time; without a body' } }

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
    isTaken = false,
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
    security: SECURITY[security],
    ...(body || bodyMedia
      ? {
          requestBody: {
            required: true,
            content: {
              ...(body ? { 'application/json': { schema: resolver(body, OPTIONS) } } : {}),
              ...contentOf(bodyMedia ?? []),
            },
          },
        }
      : {}),
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
      ...(isTaken ? { 202: { description: 'Taken' } } : {}),
      ...CUT_OFF,
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
