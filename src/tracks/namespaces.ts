// Whose an element is, by what its prefix is declared to mean where it stands. Careless files declare nothing, or another version of the
// format's own namespace: those are read as ours.

import { attributesOf } from './xml-attributes.ts'

type Scope = ReadonlyMap<string, string>

const FORMATS = /topografix\.com\/GPX\/\d|TrainingCenterDatabase/i

export class Namespaces {
  readonly #scopes: Scope[] = []
  #root: string | undefined

  /** Whether the element that opens belongs to another vocabulary than the file's. */
  enter(name: string, attributes: string): boolean {
    const outer: Scope = this.#scopes.at(-1) ?? new Map()
    const scope = attributes.includes('xmlns') ? declaredIn(attributes, outer) : outer
    this.#scopes.push(scope)
    const colon = name.indexOf(':')
    const meant = scope.get(colon < 0 ? '' : name.slice(0, colon)) ?? ''
    this.#root ??= meant
    return meant !== '' && meant !== this.#root && !FORMATS.test(meant)
  }

  leave(): void {
    this.#scopes.pop()
  }
}

function declaredIn(attributes: string, outer: Scope): Scope {
  const scope = new Map(outer)
  for (const [name, value] of attributesOf(attributes)) {
    const prefix = /^xmlns(?::(.+))?$/.exec(name)
    if (prefix) scope.set(prefix[1] ?? '', value.trim())
  }
  return scope
}
