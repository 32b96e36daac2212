/** What an act is called; a later backend's by its own name. */
import type { Language } from '../../../text/language.ts'
import { actText } from '../../../text/ops/proposals.ts'

export function actName(act: string, language: Language): string {
  const acts: Readonly<Record<string, string>> = actText[language].acts
  return acts[act] ?? act
}
