/** An act. Of one whose detail was deleted, nothing says what it was. */
import IconDeleted from '~icons/ph/receipt'

import { activityIcon } from '../../../components/activity/activity-icons.ts'
import { claimWords } from '../../../components/activity/claim-words.ts'
import type { CommandFace } from './face.ts'

export const activityRecord: CommandFace<'activity.record'> = {
  accepted: 'assessed',
  about: 'entry',
  icon: (code) => (code === undefined ? IconDeleted : activityIcon(code)),
  word: ({ filters }, { group }) => (group in filters ? filters[group as keyof typeof filters] : group),
  title: ({ code, claimed, stops }, { language }) =>
    claimWords({ code: code ?? '', quantity: claimed, stops }, language),
  titleAsked: ({ body }, { language }) => claimWords(body, language),
}
