/** A phone that logs for somebody else, beside its own people: the app's own actions on what it keeps of them. */
import { inviteHelper } from '../../src/actions/invite-helper.ts'
import { joinAsHelper } from '../../src/actions/join-as-helper.ts'
import { logFor, takeBackFor } from '../../src/actions/log-for.ts'
import { sendHelped } from '../../src/actions/send-helped.ts'
import { type HelpedAct, HelpedDb } from '../../src/db/helped.ts'
import type { ActivityId, CommandId } from '../../src/domain/base/ids.ts'
import type { ActivityClaim } from '../../src/domain/evidence/activity.ts'
import { HELPER_BATCH_MAX, type HelperId } from '../../src/domain/ledger/helping.ts'
import { type BackendApi, createBackendApi } from '../../src/sync/backend-api.ts'
import type { Phone } from './phone.ts'

export class HelpingPhone {
  readonly #phone: Phone
  readonly #helped: HelpedDb
  readonly #api: BackendApi

  /** @param phone an open one. */
  constructor(phone: Phone) {
    this.#phone = phone.use()
    this.#helped = new HelpedDb()
    this.#api = createBackendApi(phone.transport)
  }

  get helped(): HelpedDb {
    this.#phone.use()
    return this.#helped
  }

  get #context() {
    const { now, newId, page } = this.#phone.use().context
    const reading = page as NonNullable<typeof page>
    return { helped: this.#helped, now, newId, page: reading, device: this.#phone.device }
  }

  /** The account for which it logs from now on. */
  join(code: string, name: string): Promise<string> {
    return joinAsHelper(this.#context, this.#api, { code, name })
  }

  log(accountId: string, claim: ActivityClaim): Promise<CommandId> {
    return logFor({ ...this.#context, accountId }, claim)
  }

  takeBack(accountId: string, id: ActivityId): Promise<'forgotten' | 'asked'> {
    return takeBackFor({ ...this.#context, accountId }, id)
  }

  /** @param againSince as a page does when it opens. */
  send(againSince?: number): Promise<void> {
    return sendHelped({ ...this.#context, most: HELPER_BATCH_MAX, againSince }, this.#api)
  }

  async acts(): Promise<HelpedAct[]> {
    return this.helped.acts.orderBy('n').toArray()
  }

  close(): void {
    this.#helped.close()
  }
}

/** The owner asks somebody to log for them; the code to tell. */
export async function inviteBy(owner: Phone, name: string): Promise<{ id: HelperId; code: string }> {
  const id = await inviteHelper(owner.use().context, name)
  await owner.sync()
  const { code } = await createBackendApi(owner.transport).helperCode(owner.profile.ledgerId, id)
  return { id, code }
}
