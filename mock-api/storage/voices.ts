/** Feedback and nominations beside their account: where each stands, and its photo. The words stand in the journal. */
import type { AccountId } from '../../src/domain/base/ids.ts'
import type { Instant } from '../../src/domain/base/time.ts'
import type { PhotoRef, VoiceState } from '../../src/domain/taking-part/voice.ts'
import { DOWN, type Queryable, UP } from './db.ts'

interface VoiceRow {
  readonly accountId: AccountId
  readonly voiceId: string
  readonly kind: 'feedback.send' | 'case.nominate'
  readonly city: string
  readonly state: 'received' | VoiceState
  readonly sentAt: Instant
  readonly answers: number
  readonly photoDigest: string | null
  readonly hasPhoto: boolean
}

const COLUMNS = `account_id as "accountId", voice_id as "voiceId", kind, city, state, sent_at as "sentAt", answers,
  photo_digest as "photoDigest", photo is not null as "hasPhoto"`

export async function insertVoice(
  tx: Queryable,
  voice: Pick<VoiceRow, 'accountId' | 'voiceId' | 'kind' | 'city' | 'sentAt'> & { photo?: PhotoRef },
): Promise<void> {
  await tx.query(
    `insert into voices (account_id, voice_id, kind, city, state, sent_at, answers, photo_digest, photo_type)
     values ($1, $2, $3, $4, 'received', $5, 0, $6, $7)`,
    [
      voice.accountId,
      voice.voiceId,
      voice.kind,
      voice.city,
      voice.sentAt,
      voice.photo?.digest ?? null,
      voice.photo?.type ?? null,
    ],
  )
}

export async function readVoice(
  db: Queryable,
  accountId: AccountId,
  voiceId: string,
): Promise<VoiceRow | undefined> {
  const rows = await db.query<VoiceRow>(
    `select ${COLUMNS} from voices where account_id = $1 and voice_id = $2`,
    [accountId, voiceId],
  )
  return rows[0]
}

/** What a page of voices is asked for; whatever is left out is not asked. */
interface VoicesWanted {
  readonly isOpen: boolean
  readonly kind?: string | undefined
  /** Absent: all of them. */
  readonly cities?: readonly string[] | undefined
  readonly city?: string | undefined
  readonly state?: string | undefined
  readonly after?: VoicePlace | undefined
  /** The newest first. */
  readonly isDown?: boolean
  readonly limit: number
}

/** Where a page begins: after this one. */
type VoicePlace = Pick<VoiceRow, 'sentAt' | 'accountId' | 'voiceId'>

/** With the words, which stand in the record's detail; null once they are deleted. */
interface WordedVoice extends VoiceRow {
  readonly detail: string | null
}

/** Over all accounts: an operator's page, oldest first; or of those that have their answer. */
export async function readVoices(db: Queryable, wanted: VoicesWanted): Promise<WordedVoice[]> {
  const { isOpen, kind = null, cities = [], city = null, state = null, after, isDown = false, limit } = wanted
  const { beyond, way } = isDown ? DOWN : UP
  return await db.query<WordedVoice>(
    `select v.*, r.detail from (
       select ${COLUMNS} from voices /* all accounts */
        where (state in ('received', 'in_progress')) = $1 and ($2::text is null or kind = $2)
          and (cardinality($3::text[]) = 0 or city = any($3::text[]))
          and ($8::text is null or city = $8) and ($9::text is null or state = $9)
          and ($4::bigint is null or (sent_at, account_id::text, voice_id) ${beyond} ($4, $5::text, $6::text))
        order by sent_at ${way}, account_id::text ${way}, voice_id ${way} limit $7) as v
       left join records r /* all accounts */ on r.account_id = v."accountId" and r.command_id = v."voiceId"
      order by v."sentAt" ${way}, v."accountId"::text ${way}, v."voiceId" ${way}`,
    [
      ...[isOpen, kind, cities, after?.sentAt ?? null, after?.accountId ?? '', after?.voiceId ?? '', limit],
      ...[city, state],
    ],
  )
}

export async function writeVoiceState(
  tx: Queryable,
  voice: { accountId: AccountId; voiceId: string; state: VoiceState; at: Instant },
): Promise<void> {
  await tx.query(
    `update voices set state = $3, answered_at = $4, answers = answers + 1 where account_id = $1 and voice_id = $2`,
    [voice.accountId, voice.voiceId, voice.state, voice.at],
  )
}

export async function dropVoices(tx: Queryable, accountId: AccountId): Promise<void> {
  await tx.query('delete from voices where account_id = $1', [accountId])
}
