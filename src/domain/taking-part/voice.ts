/** A citizen's word to the city: feedback on a measure, or the nomination of a good case. Its limits, and the answers it can get. */

export const FEEDBACK_TOPICS = ['idea', 'problem', 'praise', 'question'] as const
export type FeedbackTopic = (typeof FEEDBACK_TOPICS)[number]

export const FEEDBACK_TEXT_MAX = 1000
export const CASE_TITLE_MAX = 60
export const CASE_TEXT_MAX = 2000

/** Unanswered ones at a time: an operator reads each of them. */
export const OPEN_VOICES_MAX = 20

/** What an operator can say of it, in order of usual course. The last four are final. */
export const VOICE_STATES = ['in_progress', 'answered', 'adopted', 'selected', 'declined'] as const
export type VoiceState = (typeof VOICE_STATES)[number]

export function isFinal(state: VoiceState): boolean {
  return state !== 'in_progress'
}

export const PHOTO_TYPES = ['image/jpeg', 'image/webp'] as const
export type PhotoType = (typeof PHOTO_TYPES)[number]

/** Enough for 1280 pixels across; small enough for a village's network. */
export const PHOTO_BYTES_MAX = 240_000

/** The photo of an appeal as backends name it that read it: see READS in contract/wire.ts. */
export const APPEAL_PHOTO_MEMBER = 'activity.appeal.photo'

/** A photo goes by its digest; its bytes travel beside the commands. */
export interface PhotoRef {
  /** SHA-256, hex. */
  readonly digest: string
  readonly type: PhotoType
  readonly bytes: number
}
