/** An operator's answer to a feedback or a nomination: a record in the citizen's own journal, so that every device of theirs reads it. */
import type { AccountId } from '../../src/domain/base/ids.ts'
import { isFinal, type VoiceState } from '../../src/domain/taking-part/voice.ts'
import type { Deps } from '../base/deps.ts'
import { readVoice } from '../storage/voices.ts'
import { changeAccount } from './append.ts'
import { BookError } from './errors.ts'
import { draft } from './writing.ts'

export interface VoiceAnswer {
  readonly state: VoiceState
  readonly note?: string
}

/** Throws `nothing_waits` for what is unknown or has its final answer. */
export async function answerVoice(
  deps: Deps,
  accountId: AccountId,
  about: { voiceId: string; answer: VoiceAnswer; act?: string },
): Promise<VoiceAnswer> {
  const { voiceId, answer } = about
  return changeAccount(deps, accountId, async (writing) => {
    const voice = await readVoice(deps.db, accountId, voiceId)
    if (!voice || (voice.state !== 'received' && isFinal(voice.state))) throw new BookError('nothing_waits')
    draft(writing, {
      by: 'operator',
      act: about.act,
      // Of two operators at once, the second derives the same id and finds it done.
      id: `voice.answer:${voiceId}:${voice.answers}`,
      kind: 'voice.answer',
      outcome: 'accepted',
      transfers: [],
      detail: {
        about: voiceId,
        voiceState: answer.state,
        ...(answer.note === undefined ? {} : { note: answer.note }),
      },
    })
    return answer
  })
}
