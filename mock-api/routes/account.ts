/** What a signed-in person does with the account itself: its devices, signing out, deleting it. */
import type { Device } from '../../src/contract/session.ts'
import { isUuid } from '../../src/domain/base/ids.ts'
import type { Deps } from '../base/deps.ts'
import { shortId } from '../base/log.ts'
import { readLiving } from '../book/append.ts'
import { deleteAccount } from '../book/delete-account.ts'
import { forgetBrowser } from '../http/asker.ts'
import type { HttpContext } from '../http/env.ts'
import { ProblemError } from '../http/problem.ts'
import { accountParam, cookieSession, dropSessionCookie, requireSession } from '../http/session.ts'
import { readAccount } from '../storage/accounts.ts'
import { dropDevice, readDevices, revokeSession } from '../storage/sessions.ts'

/**
 * By the cookie alone: a phone that signed out without a network has removed its secret with the ledger, and says so here later. Said again,
 * or after the session has ended by itself, it is as good. Also for an account that is gone: the cookie goes in any case.
 */
export async function signOut(c: HttpContext, deps: Deps): Promise<void> {
  const accountId = accountParam(c)
  const session = await cookieSession(c, deps, accountId)
  if (session) {
    await revokeSession(deps.db, session.tokenKey, deps.now())
    if (session.deviceId !== null) await dropDevice(deps.db, accountId, session.deviceId)
  }
  dropSessionCookie(c, deps, accountId)
  forgetPages(c)
}

export async function listDevices(c: HttpContext, deps: Deps): Promise<{ devices: Device[] }> {
  const accountId = accountParam(c)
  const session = await requireSession(c, deps, accountId)
  await readLiving(deps.db, accountId)
  const rows = await readDevices(deps.db, accountId)
  return {
    devices: rows.map(({ tokenKey: _, ...row }) => ({ ...row, isThis: row.deviceId === session.deviceId })),
  }
}

/** A phone that was lost or sold. Its journal stays on it, but nothing more reaches it. */
export async function revokeDevice(c: HttpContext, deps: Deps): Promise<void> {
  const accountId = accountParam(c)
  const deviceId = c.req.param('deviceId') ?? ''
  await requireSession(c, deps, accountId)
  await readLiving(deps.db, accountId)
  const device = (await readDevices(deps.db, accountId)).find((each) => each.deviceId === deviceId)
  if (!isUuid(deviceId) || !device) throw new ProblemError('not_found')
  await revokeSession(deps.db, device.tokenKey, deps.now())
  await dropDevice(deps.db, accountId, deviceId)
}

export async function endAccount(c: HttpContext, deps: Deps): Promise<{ receipt: string }> {
  const accountId = accountParam(c)
  await requireSession(c, deps, accountId)
  const phoneKey = (await readAccount(deps.db, accountId))?.phoneKey
  const receipt = await deleteAccount(deps, accountId)
  if (phoneKey) forgetBrowser(c, deps, phoneKey)
  forgetPages(c)
  deps.log('info', 'account deleted', { account: shortId(accountId) })
  return { receipt }
}

/** What older versions let the browser keep, photos above all. */
function forgetPages(c: HttpContext): void {
  c.header('clear-site-data', '"cache"')
}
