/** A day of planting trees signed up for. */
import Icon from '~icons/ph/tree'
import type { CommandFace } from './face.ts'
import { plantingTitle } from './titles.ts'

export const plantingJoin: CommandFace<'planting.join'> = {
  accepted: 'granted',
  about: 'entry',
  icon: () => Icon,
  word: (t) => t.kinds.planting,
  title: (entry, context) => plantingTitle((t) => t.kinds.planting, entry, context),
  titleAsked: ({ body }, context) => plantingTitle((t) => t.kinds.planting, body, context),
}
