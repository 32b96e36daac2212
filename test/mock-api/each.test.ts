import { expect, it } from 'vitest'
import { each } from '../../mock-api/book/each.ts'
import { BookError } from '../../mock-api/book/errors.ts'
import { sweep } from '../../mock-api/book/sweep.ts'
import { DatabaseAwayError } from '../../mock-api/storage/errors.ts'
import { startBackend } from '../support/backend.ts'

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

it('a sweep whose database is away ends with what it asked, and waits for no other row and no other part', async () => {
  const asked: number[] = []
  const away = async (n: number) => {
    asked.push(n)
    throw new DatabaseAwayError()
  }
  await expect(each({ log: () => {} }, [0, 1, 2], away)).rejects.toThrow(DatabaseAwayError)
  const backend = await startBackend()
  const said: string[] = []
  const query = () => away(0)
  const db = { ...backend.db, query, several: query, transaction: query }
  await sweep({ ...backend.deps, db, log: (level, event) => void said.push(`${level} ${event}`) })
  await backend.close()
  expect([asked, said]).toEqual([[0, 0], ['error sweep']])
})
