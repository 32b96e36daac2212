/**
 * `npm run invite-admin -- NAME`: a link by which somebody enrols as an administrator, for a desk whose administrators have lost all their
 * passkeys and codes. Whoever has the machine has the database; what they do with it stands in the office's journal all the same.
 */
import { parseArgs } from 'node:util'
import * as v from 'valibot'
import { OPERATOR_NAME_MAX } from '../src/contract/desk/operators.ts'
import { nameOf } from '../src/contract/plain-text.ts'
import type { OperatorId } from '../src/domain/base/ids.ts'
import { ConfigError } from './base/config-error.ts'
import { INVITATION_MS } from './base/limits.ts'
import { keyOf } from './base/secret.ts'
import { actInOffice } from './book/act-in-office.ts'
import { invitationKey } from './desk/codes.ts'
import { inviteAct } from './desk/people-acts.ts'
import { open, run } from './start/open.ts'

await run(async (config) => {
  const name = v.safeParse(nameOf(OPERATOR_NAME_MAX), parseArgs({ allowPositionals: true }).positionals[0])
  if (!name.success) throw new ConfigError('usage: npm run invite-admin -- NAME')
  const { deps, close } = await open(config)
  try {
    const actId = deps.newId()
    const code = deps.secret.invitationCode(actId)
    const operatorId = keyOf('operator', code) as OperatorId
    const machine = keyOf('operator', 'the machine') as OperatorId
    await actInOffice(
      deps,
      { operatorId: machine, name: 'invite-admin', sessionKey: 'command line', actId },
      {
        act: inviteAct,
        subject: `operator ${operatorId}`,
        payload: {
          ...{ operatorId, name: name.output, roles: [{ role: 'admin' }] },
          ...{ codeKey: invitationKey(code), expiresAt: deps.now() + INVITATION_MS },
        },
      },
    )
    const [origin = `http://localhost:${config.port}`] = config.publicOrigins
    process.stdout.write(`${origin}/ops/enrol#${code}\n`)
    return 0
  } finally {
    await close()
  }
})
