/** The part of the route table that the desk itself has: the door, one's own passkeys, people, proposals, the journal. */
import type { Deps } from '../base/deps.ts'
import { json, nothing } from '../http/answer.ts'
import {
  enrol,
  enrolOptions,
  leaveDesk,
  readDeskSession,
  readDoor,
  signInAsSample,
  signInByPasskey,
  signInByRecovery,
  signInOptions,
  stepUp,
  stepUpOptions,
} from '../routes/desk/door.ts'
import { listOfficeRecords, readOfficeJournal } from '../routes/desk/journal.ts'
import {
  addPasskey,
  addPasskeyOptions,
  listPasskeys,
  renewRecoveryCodes,
  revokeOwnPasskey,
} from '../routes/desk/passkeys.ts'
import { changeRoles, changeState, invite, listPeople, revokeOthersPasskey } from '../routes/desk/people.ts'
import { decideProposalRoute, listProposals, readOneProposal } from '../routes/desk/proposals.ts'
import { deskWords as words } from '../routes/desk/words.ts'
import type { App } from './app.ts'

const ops = '/api/v1/ops'
const session = `${ops}/session` as const
const passkeys = `${ops}/passkeys` as const
const person = `${ops}/people/:operatorId` as const
const proposal = `${ops}/proposals/:proposalId` as const

export function addDeskRoutes(app: App, deps: Deps): void {
  app.get(`${ops}/door`, words.door, async (c) => c.json(await readDoor(c, deps)))
  app.post(`${ops}/enrol/options`, words.enrolOptions, async (c) => c.json(await enrolOptions(c, deps)))
  app.post(`${ops}/enrol`, words.enrol, async (c) => c.json(await enrol(c, deps)))
  app.post(`${session}/options`, words.signInOptions, async (c) => c.json(await signInOptions(c, deps)))
  app.post(session, words.signIn, (c) => nothing(c, signInByPasskey(c, deps)))
  app.post(`${session}/recovery`, words.recover, (c) => nothing(c, signInByRecovery(c, deps)))
  app.post(`${session}/sample`, words.sampleSession, (c) => nothing(c, signInAsSample(c, deps)))
  app.get(session, words.session, async (c) => json(await readDeskSession(c, deps)))
  app.delete(session, words.leave, (c) => nothing(c, leaveDesk(c, deps)))
  app.post(`${session}/step-up/options`, words.stepUpOptions, async (c) =>
    c.json(await stepUpOptions(c, deps)),
  )
  app.post(`${session}/step-up`, words.stepUp, async (c) => c.json(await stepUp(c, deps)))
  app.get(passkeys, words.passkeys, async (c) => json(await listPasskeys(c, deps)))
  app.post(`${passkeys}/options`, words.addPasskeyOptions, async (c) =>
    c.json(await addPasskeyOptions(c, deps)),
  )
  app.post(passkeys, words.addPasskey, async (c) => c.json(await addPasskey(c, deps)))
  app.delete(`${passkeys}/:credentialId`, words.revokePasskey, (c) => nothing(c, revokeOwnPasskey(c, deps)))
  app.post(`${ops}/recovery-codes`, words.renewRecoveryCodes, async (c) =>
    c.json(await renewRecoveryCodes(c, deps)),
  )
  app.get(`${ops}/people`, words.people, async (c) => json(await listPeople(c, deps)))
  app.post(`${ops}/people`, words.invite, async (c) => c.json(await invite(c, deps)))
  app.put(`${person}/roles`, words.roles, async (c) => c.json(await changeRoles(c, deps)))
  app.put(`${person}/state`, words.state, (c) => nothing(c, changeState(c, deps)))
  app.delete(`${person}/passkeys/:credentialId`, words.revokeOthersPasskey, (c) =>
    nothing(c, revokeOthersPasskey(c, deps)),
  )
  app.get(`${ops}/proposals`, words.proposals, async (c) => json(await listProposals(c, deps)))
  app.get(proposal, words.proposal, async (c) => json(await readOneProposal(c, deps)))
  app.post(proposal, words.decideProposal, async (c) => c.json(await decideProposalRoute(c, deps)))
  app.get(`${ops}/journal/:office`, words.journal, async (c) => json(await readOfficeJournal(c, deps)))
  app.get(`${ops}/journal/:office/records`, words.records, async (c) =>
    json(await listOfficeRecords(c, deps)),
  )
}
