/** What waits for a second pair of eyes, and the decision on it. */
import * as v from 'valibot'
import { DESK_LISTS } from '../../../src/contract/desk/lists.ts'
import {
  type Proposal,
  proposalDecisionSchema,
  type proposalsSchema,
} from '../../../src/contract/desk/proposals.ts'
import type { CityId } from '../../../src/domain/base/city.ts'
import { hasRole, ROLES, type Role } from '../../../src/domain/ledger/operator.ts'
import type { Deps } from '../../base/deps.ts'
import { BODY_BYTES_MAX } from '../../base/limits.ts'
import { decideOnProposal } from '../../book/proposals.ts'
import { readJson } from '../../http/body.ts'
import type { HttpContext } from '../../http/env.ts'
import { type Operator, requireCity, requireRole } from '../../http/operator.ts'
import { placeIn, placeText } from '../../http/place.ts'
import { ProblemError } from '../../http/problem.ts'
import { readOperators } from '../../storage/operators.ts'
import { findProposal, type ProposalRow, readProposals } from '../../storage/proposals.ts'
import { askedOf, isFoundIn } from './asked-list.ts'

const PROPOSALS_PER_PAGE = 50
const placeSchema = v.strictTuple([v.pipe(v.number(), v.safeInteger()), v.string()])

/** Whoever works at the desk sees what was proposed: one's own, and what one may decide. */
export async function listProposals(
  c: HttpContext,
  deps: Deps,
): Promise<v.InferOutput<typeof proposalsSchema>> {
  const operator = await requireRole(c, deps, ROLES)
  const after = placeIn(c, placeSchema)
  const { find, sort, filters } = askedOf(c, DESK_LISTS.proposals)
  const order = sort?.by ?? 'proposedAt'
  const names = await namesOf(deps)
  const by = [...names].flatMap(([operatorId, name]) => (isFoundIn([name], find) ? [operatorId] : []))
  const rows = await readProposals(deps.db, {
    after,
    ...filters,
    find,
    by,
    order,
    isDown: sort?.isDown ?? true,
    limit: PROPOSALS_PER_PAGE,
  })
  const last = rows.length === PROPOSALS_PER_PAGE ? rows.at(-1) : undefined
  return {
    proposals: rows.map((row) => toProposal(deps, row, { operator, names })),
    ...(last ? { next: placeText(last[order], last.proposalId) } : {}),
  }
}

export async function readOneProposal(c: HttpContext, deps: Deps): Promise<Proposal> {
  const operator = await requireRole(c, deps, ROLES)
  const row = await findProposal(deps.db, c.req.param('proposalId') ?? '')
  if (!row) throw new ProblemError('not_found')
  return toProposal(deps, row, { operator, names: await namesOf(deps) })
}

/** The roles and the city are those of what is proposed; that it is somebody else, the book and the table say. */
export async function decideProposalRoute(c: HttpContext, deps: Deps): Promise<Proposal> {
  const operator = await requireRole(c, deps, ROLES, { stepUp: true })
  const proposalId = c.req.param('proposalId') ?? ''
  const { verdict, digest, note } = await readJson(c, proposalDecisionSchema, BODY_BYTES_MAX)
  const row = await findProposal(deps.db, proposalId)
  if (!row) throw new ProblemError('not_found')
  requireCity(c, deps, operator, { role: approversOf(deps, row), city: cityOf(row) })
  const said = note === undefined ? {} : { note }
  await decideOnProposal(deps, operator, { proposalId, verdict, digest, ...said })
  return readOneProposal(c, deps)
}

function approversOf(deps: Deps, { act }: ProposalRow): readonly Role[] {
  return deps.acts[act]?.fourEyes?.approvedBy ?? []
}

function cityOf({ city }: ProposalRow): CityId | undefined {
  return city === '' ? undefined : (city as CityId)
}

async function namesOf({ db }: Deps): Promise<ReadonlyMap<string, string>> {
  return new Map((await readOperators(db)).map(({ operatorId, name }) => [operatorId, name]))
}

function toProposal(
  deps: Deps,
  row: ProposalRow,
  { operator, names }: { operator: Operator; names: ReadonlyMap<string, string> },
): Proposal {
  const { proposalId, act, subject, city, payload, digest, state, proposedAt, endsAt } = row
  const isMine = row.proposedBy === operator.operatorId
  const mayApprove = hasRole(operator.roles, approversOf(deps, row), cityOf(row))
  return {
    ...{ proposalId, act, subject, payload, digest, state, proposedAt, endsAt, isMine },
    proposedBy: names.get(row.proposedBy) ?? row.proposedBy,
    mayDecide: state === 'open' && !isMine && endsAt > deps.now() && mayApprove,
    ...(city === '' ? {} : { city }),
    ...(row.before === null ? {} : { before: row.before }),
    ...(row.decidedBy === null ? {} : { decidedBy: names.get(row.decidedBy) ?? row.decidedBy }),
    ...(row.decidedAt === null ? {} : { decidedAt: row.decidedAt }),
    ...(row.note === null ? {} : { note: row.note }),
  }
}
