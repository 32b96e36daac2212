/**
 * The first load in a few files: the libraries, which a new version of the app leaves as they are; the shell; home's own code. Cut up by who shares
 * what with whom, it would be a dozen and more small files, each with a request and a dictionary of its own.
 */

/** Of the bundler's: what it knows of a module. */
interface Graph {
  getModuleInfo(id: string): { readonly importedIds: readonly string[] } | null
}

interface Group {
  /** The file a module belongs to; null: to none of this group. */
  readonly name: (id: string, graph: Graph) => string | null
  /** Of two groups that name a module, the higher one has it. */
  readonly priority: number
}

/** For the bundler's `codeSplitting.groups`. @param root the project's directory */
export function firstChunks(root: string): Group[] {
  const shell = partsOf(`${root}/src/main.ts`)
  const home = partsOf(`${root}/src/views/home/HomeView.vue`)
  const welcome = partsOf(`${root}/src/views/welcome/WelcomeView.vue`)
  const isLibrary = (id: string) => id.includes('/node_modules/')
  return [
    { name: (id, graph) => (isLibrary(id) && shell(graph).has(id) ? 'libraries' : null), priority: 3 },
    { name: (id, graph) => (shell(graph).has(id) ? 'shell' : null), priority: 2 },
    // What a new visitor's first screen needs too stays apart: nobody waits for home who has no ledger yet.
    { name: (id, graph) => (home(graph).has(id) && welcome(graph).has(id) ? 'common' : null), priority: 1 },
    { name: (id, graph) => (home(graph).has(id) ? 'home' : null), priority: 0 },
  ]
}

/** All that a module imports at once, however far away; not what is imported when it is needed. */
function partsOf(start: string): (graph: Graph) => ReadonlySet<string> {
  let parts: Set<string> | undefined
  return (graph) => {
    if (parts) return parts
    parts = new Set([start])
    for (const id of parts) for (const next of graph.getModuleInfo(id)?.importedIds ?? []) parts.add(next)
    return parts
  }
}
