/** Services that report: who may, by which keys and for what. Whoever may say what an act was worth points is named by two; a key that leaked ends at once. */
import * as v from 'valibot'
import { declarationSchema, providerKeySchema, providerToPublishSchema } from '../../src/contract/providers.ts'
import type { OfficeAct } from '../base/office-act.ts'

export const providerDraftSchema = v.strictObject({
  provider: providerToPublishSchema,
  keys: v.exactOptional(v.pipe(v.array(v.strictObject(providerKeySchema.entries)), v.maxLength(10))),
  declarations: v.exactOptional(v.pipe(v.array(v.strictObject(declarationSchema.entries)), v.maxLength(10))),
})

type ProviderDraft = v.InferOutput<typeof providerDraftSchema>

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

export const PROVIDER_ACTS: readonly OfficeAct[] = [publishProviderAct, revokeProviderKeyAct]
