/** A record that holds an act, whoever stated it. */
export function isActKind(kind: string): boolean {
  return kind === 'activity.record' || kind === 'activity.report'
}
