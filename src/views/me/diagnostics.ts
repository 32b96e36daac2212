/** What a report to the maintainers needs: versions, states and counts. No number, no name, no id of an account, no record. */
interface DiagnosticFacts {
  readonly app: string
  readonly userAgent: string
  readonly language: string
  readonly phase: string
  readonly reason: string | undefined
  readonly seq: number
  readonly lastSyncedAt: number | undefined
  readonly clockOffsetMs: number
  /** How many waiting commands are in each state. */
  readonly outbox: Readonly<Record<string, number>>
  readonly problems: readonly string[]
  readonly isPersisted: boolean | undefined
  readonly usedBytes: number | undefined
  readonly hasWorker: boolean
  readonly isOnline: boolean
}

export function diagnosticsText(facts: DiagnosticFacts): string {
  const outbox = Object.entries(facts.outbox).map(([state, count]) => `${state} ${count}`)
  const lines: [string, string | number | boolean | undefined][] = [
    ['app', facts.app],
    ['browser', facts.userAgent],
    ['language', facts.language],
    ['phase', facts.reason === undefined ? facts.phase : `${facts.phase} (${facts.reason})`],
    ['seq', facts.seq],
    ['synced', facts.lastSyncedAt === undefined ? 'never' : new Date(facts.lastSyncedAt).toISOString()],
    ['clock offset ms', facts.clockOffsetMs],
    ['outbox', outbox.join(', ') || 'empty'],
    ['deferred', facts.problems.join(', ') || undefined],
    ['persisted', facts.isPersisted],
    ['used bytes', facts.usedBytes],
    ['worker', facts.hasWorker],
    ['online', facts.isOnline],
  ]
  return lines
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => `${key}: ${value}`)
    .join('\n')
}
