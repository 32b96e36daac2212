/** An operator's answer to feedback or a nomination. One that is final makes room for another. */
import { isFinal } from '../taking-part/voice.ts'
import { noDays, type StepRules } from './kind.ts'

export const voiceAnswer: StepRules = {
  needs: noDays,
  post(ledger, _body, detail) {
    if (detail.voiceState && isFinal(detail.voiceState)) delete ledger.openVoices?.[detail.about ?? '']
  },
}
