/**
 * The first load in a few files: the libraries, which a new version of the app leaves as they are; the shell; home's own code. And what every
 * home asks for after it in a few more, one for each moment. Cut up by who shares what with whom, it would be well over a hundred small files,
 * each with a request and a dictionary of its own: on a slow line whoever comes first would wait for their number, not for their size.
 */

/** Of the bundler's: what it knows of a module. */
interface Graph {
  getModuleInfo(id: string): {
    readonly importedIds: readonly string[]
    readonly dynamicallyImportedIds: readonly string[]
  } | null
}

interface Group {
  /** The file a module belongs to; null: to none of this group. */
  readonly name: (id: string, graph: Graph) => string | null
  /** Of two groups that name a module, the higher one has it. */
  readonly priority: number
}

/** What home asks for once it stands, in the order of its moments. */
const LATER = {
  /** The factors of all times: a new version of the app mostly leaves them as they are. */
  packs: ['domain/methodology/which-pack.ts', 'stores/pack-in-force.ts'],
  /** The parts of home below its figures. */
  later: [
    ...['views/home/HeroChips.vue', 'components/chart/MonthTrace.vue', 'views/home/UsualTrips.vue'],
    ...['views/home/GuestNote.vue', 'views/home/HeatCard.vue', 'views/home/CityCard.vue'],
    ...['views/home/HeadLine.vue', 'views/home/NewsBell.vue'],
  ],
  /** What the acts of a guest, and those that wait, come to. */
  rules: ['domain/ledger/preview-run.ts', 'stores/estimator.ts'],
  /** What nobody waits for: the ways to the other pages, the notices, the worker. */
  idle: [
    ...['pages.ts', 'pwa/register.ts', 'text/app/page-titles.ts', 'views/storage/StorageNotes.vue'],
    ...['views/news/NewsNotices.vue', 'views/news/NewsDot.vue', 'views/trip/TripBar.vue'],
    ...['views/city/alerts/AlertStrip.vue'],
  ],
  exchange: ['sync/exchange.ts'],
}

/** Of some hundred parts. What other pages need too lies apart, so that none of them, opened first, brings all that home shows. */
const EVERYWHERE = 20
const BANDS = [8, 3, 1, 0]

/** For the bundler's `codeSplitting.groups`; the first that names a module has it. @param root the project's directory */
export function firstChunks(root: string): Group[] {
  const partsFrom = (starts: readonly string[]) => partsOf(starts.map((start) => `${root}/src/${start}`))
  const shell = partsFrom(['main.ts'])
  const home = partsFrom(['views/home/HomeView.vue'])
  const welcome = partsFrom(['views/welcome/WelcomeView.vue'])
  // Each has what those before it lack, so that none of them waits for one that comes after it.
  const later = Object.entries(LATER).map(([file, starts]) => ({ file, parts: partsFrom(starts) }))
  const uses = usesBut(
    new Set(['main.ts', ...Object.values(LATER).flat()].map((start) => `${root}/src/${start}`)),
  )
  const isLater = (id: string, graph: Graph) => later.some(({ parts }) => parts(graph).has(id))
  const isLibrary = (id: string) => id.includes('/node_modules/')
  const names: Group['name'][] = [
    (id, graph) => (isLibrary(id) && shell(graph).has(id) ? 'libraries' : null),
    // What home and a new visitor's first screen both need comes with the shell; nobody waits for home who has no ledger yet.
    (id, graph) => (shell(graph).has(id) || (home(graph).has(id) && welcome(graph).has(id)) ? 'shell' : null),
    (id, graph) => (home(graph).has(id) ? 'home' : null),
    (id, graph) => (isLater(id, graph) && welcome(graph).has(id) ? 'common-later' : null),
    (id, graph) => (isLater(id, graph) && uses(id, graph) >= EVERYWHERE ? 'base' : null),
    ...BANDS.flatMap((least, band) =>
      later.map(
        ({ file, parts }): Group['name'] =>
          (id, graph) =>
            parts(graph).has(id) && uses(id, graph) >= least ? `${file}-${band}` : null,
      ),
    ),
  ]
  return names.map((name, index) => ({ name, priority: names.length - index }))
}

/** How many of the parts that are loaded when they are needed, home's own apart, need a module. */
function usesBut(own: ReadonlySet<string>): (id: string, graph: Graph) => number {
  let uses: Map<string, number> | undefined
  return (id, graph) => {
    uses ??= count(graph)
    return uses.get(id) ?? 0
  }

  function count(graph: Graph): Map<string, number> {
    const known = new Set(own)
    const lazy = new Set<string>()
    for (const id of known) {
      const { importedIds = [], dynamicallyImportedIds = [] } = graph.getModuleInfo(id) ?? {}
      for (const next of [...importedIds, ...dynamicallyImportedIds]) known.add(next)
      for (const next of dynamicallyImportedIds) if (!own.has(next)) lazy.add(next)
    }
    const counts = new Map<string, number>()
    for (const start of lazy)
      for (const id of partsOf([start])(graph)) counts.set(id, (counts.get(id) ?? 0) + 1)
    return counts
  }
}

/** All that modules import at once, however far away; not what is imported when it is needed. */
function partsOf(starts: readonly string[]): (graph: Graph) => ReadonlySet<string> {
  let parts: Set<string> | undefined
  return (graph) => {
    if (parts) return parts
    // One that was renamed would be left out without a word, and what it needs would come in small files again.
    for (const start of starts) if (!graph.getModuleInfo(start)) throw new Error(`no module ${start}`)
    parts = new Set(starts)
    for (const id of parts) for (const next of graph.getModuleInfo(id)?.importedIds ?? []) parts.add(next)
    return parts
  }
}
