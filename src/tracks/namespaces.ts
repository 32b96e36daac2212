// Whose an element is, by what its prefix is declared to mean where it stands. Careless files declare nothing, or another version of the
// format's own namespace: those are read as ours.

import { attributesOf } from './xml-attributes.ts'

/** By prefix, what one element declares itself; most declare nothing. */
type Scope = ReadonlyMap<string, string> | undefined

const FORMATS = /topografix\.com\/GPX\/\d|TrainingCenterDatabase/i

export class Namespaces {
  readonly #scopes: Scope[] = []
  #root: string | undefined

  /** Whether the element that opens belongs to another vocabulary than the file's. */
  enter(name: string, attributes: string): boolean {
    this.#scopes.push(attributes.includes('xmlns') ? declaredIn(attributes) : undefined)
    const colon = name.indexOf(':')
    const meant = this.#meaningOf(colon < 0 ? '' : name.slice(0, colon))
    this.#root ??= meant
    return meant !== '' && meant !== this.#root && !FORMATS.test(meant)
  }

  leave(): void {
    this.#scopes.pop()
  }

  /** Looked up from within: to copy what stands further out would cost a hostile file nothing, and the phone minutes. */
  #meaningOf(prefix: string): string {
    return this.#scopes.findLast((scope) => scope?.has(prefix))?.get(prefix) ?? ''
  }
}

function declaredIn(attributes: string): Scope {
  const scope = new Map<string, string>()
  for (const [name, value] of attributesOf(attributes)) {
    const prefix = /^xmlns(?::(.+))?$/.exec(name)
    if (prefix) scope.set(prefix[1] ?? '', value.trim())
  }
  return scope
}
