import { expect, it } from 'vitest'
import { each } from '../../mock-api/book/each.ts'
import { BookError } from '../../mock-api/book/errors.ts'

it('a part of a sweep goes on after one that fails, and tells the log only what is wrong', async () => {
  const done: number[] = []
  const said: string[] = []
  const failures = [new BookError('account_unknown'), new BookError('account_deleted'), new Error('a bug')]
  const log = (level: string, event: string) => void said.push(`${level} ${event}`)
  await each({ log }, [0, 1, 2, 3], async (n) => {
    const failure = failures[n]
    if (failure) throw failure
    done.push(n)
  })
  expect([done, said]).toEqual([[3], ['error sweep']])
})
