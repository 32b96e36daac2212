/** Answers a question of the quiz. Whether it was right is known on the phone; points count when the backend has it. */
import { enqueue } from '../db/outbox.ts'
import type { CommandId } from '../domain/base/ids.ts'
import type { ActionContext } from './context.ts'
import { makeCommand } from './make-command.ts'

/** @param body.choice the option's place in the question as published. */
export async function answerQuestion(
  context: ActionContext,
  body: { questionId: string; choice: number },
): Promise<CommandId> {
  const command = makeCommand(context, 'quiz.answer', body)
  await enqueue(context.db, command)
  return command.id
}
