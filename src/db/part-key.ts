/** Under which name a day keeps its confirmed acts of one kind, with one evidence, assessed by one pack. */

interface PartName {
  readonly code: string
  readonly trust: string
  /** `sd-demo 2` */
  readonly pack: string
}

/** Neither code nor trust holds a bar: both are identifiers. */
export function partKey({ code, trust, pack }: PartName): string {
  return `${code}|${trust}|${pack}`
}

export function partName(key: string): PartName {
  const [code = '', trust = '', pack = ''] = key.split('|')
  return { code, trust, pack }
}
