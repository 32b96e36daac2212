/** Services that report: who may, by which keys and for what. Whoever may say what an act was worth points is named by two; a key that leaked ends at once. */
import * as v from 'valibot'
import { type ProviderDraft, providerDraftSchema } from '../../src/contract/providers.ts'
import type { OfficeAct } from '../base/office-act.ts'
import { BookError } from '../book/errors.ts'
import { deliverFile } from '../providers/desk.ts'

export const publishProviderAct: OfficeAct<ProviderDraft, void> = {
  name: 'provider.publish',
  payload: providerDraftSchema,
  fourEyes: {
    approvedBy: ['approver'],
    before: async (deps, { provider }) => (await deps.providers.all()).get(provider.id) ?? {},
  },
  async run({ providers }, { payload: { provider, keys = [], declarations = [] } }) {
    await providers.publish(provider)
    for (const key of keys) await providers.addKey(provider.id, { ...key, use: 'own' })
    for (const each of declarations) await providers.declare(provider.id, each)
  },
}

const keySchema = v.strictObject({ kid: v.string() })

export const revokeProviderKeyAct: OfficeAct<v.InferOutput<typeof keySchema>, void> = {
  name: 'provider.revoke-key',
  payload: keySchema,
  run: ({ providers }, { payload }) => providers.revokeKey(payload.kid),
}

/** Bytes of the file in base64: it names people by their handles, so that nothing of it stays once it is delivered. */
const fileSchema = v.strictObject({ providerId: v.string(), file: v.string() })

export type Delivered = Awaited<ReturnType<typeof deliverFile>>

export const deliverFileAct: OfficeAct<v.InferOutput<typeof fileSchema>, Delivered> = {
  name: 'provider.deliver',
  payload: fileSchema,
  isPersonal: true,
  async run(deps, { payload: { providerId, file } }) {
    const provider = (await deps.providers.all()).get(providerId)
    if (!provider) throw new BookError('nothing_waits')
    return deliverFile(deps, provider, Buffer.from(file, 'base64'))
  },
}

export const PROVIDER_ACTS: readonly OfficeAct[] = [publishProviderAct, revokeProviderKeyAct, deliverFileAct]
