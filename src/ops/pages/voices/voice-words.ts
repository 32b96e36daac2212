/** What a person wrote, out of the command as they sent it. */
import type { DeskVoice } from '../../../contract/desk/voices.ts'
import { openCommand } from '../../../domain/ledger/open-record.ts'

interface VoiceWords {
  /** For a list. */
  readonly line: string
  readonly title: string
  readonly text: string
  /** The measure that it is about; empty: the city’s plan as a whole. */
  readonly measureId: string
}

/** Long enough to know it again. */
const LINE_MAX = 60

export function wordsOf({ command }: Pick<DeskVoice, 'command'>): VoiceWords {
  const opened = command === undefined ? undefined : openCommand(command)
  if (opened?.kind !== 'feedback.send' && opened?.kind !== 'case.nominate')
    return { line: '', title: '', text: '', measureId: '' }
  const { text, measureId = '' } = opened.body
  const title = opened.kind === 'case.nominate' ? opened.body.title : ''
  const whole = (title || text).replaceAll(/\s+/g, ' ')
  const line = whole.length > LINE_MAX ? `${whole.slice(0, LINE_MAX)}…` : whole
  return { line, title, text, measureId }
}
