import { readFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import vue from '@vitejs/plugin-vue'
import icons from 'unplugin-icons/vite'
import type { Plugin } from 'vite'
import { VitePWA } from 'vite-plugin-pwa'
import { defineConfig } from 'vitest/config'
import { firstChunks } from './build/first-chunks.ts'
import { joinAppFiles } from './build/join-files.ts'
import { packFiles } from './build/pack-files.ts'
import { searchPieces } from './build/search-pieces.ts'
import { readPinnedKeys } from './src/contract/pinned-keys.ts'
import { LongestFirst } from './test/support/longest-first.ts'
import { notQuick } from './test/support/quick.ts'

const { version } = JSON.parse(readFileSync(new URL('./package.json', import.meta.url), 'utf8')) as {
  version: string
}

/**
 * Node wants import attributes on JSON (the backend reads the city packs too); Vite's dev server sends JSON as a module, for which the
 * browser then refuses them. In a build they are gone anyway.
 */
const withoutJsonAttributes: Plugin = {
  name: 'without-json-attributes',
  apply: 'serve',
  enforce: 'pre',
  transform: (code, id) =>
    /\/src\/.*\.ts$/.test(id)
      ? code.replaceAll(", { with: { type: 'json' } }", '').replaceAll(" with { type: 'json' }", '')
      : undefined,
}

/**
 * The view that comes first is asked for together with the entry, not after it: a new visitor's choice of city, or home. Which one, the page
 * itself knows; the backend allows this script by its hash.
 */
const preloadFirstView: Plugin = {
  name: 'preload-first-view',
  apply: 'build',
  transformIndexHtml: {
    order: 'post',
    handler(html, { bundle = {} }) {
      // The first screen's styles stand in the page: a file of their own would cost every first visit one more way there and back.
      const sheet = /<link rel="stylesheet"[^>]*href="\/([^"]+)">/
      const asset = bundle[sheet.exec(html)?.[1] ?? '']
      const styles = asset?.type === 'asset' ? String(asset.source) : ''
      // Each later part asks for the sheet once more unless the page names it; one that is disabled is not fetched.
      const page = styles
        ? html.replace(sheet, (link) => `<style>${styles}</style>${link.replace('<link', '<link disabled')}`)
        : html
      const chunks = Object.values(bundle).filter((each) => each.type === 'chunk')
      const entry = chunks.find((chunk) => chunk.isEntry)
      const filesOf = (view: string): string[] => {
        const wanted = chunks
          .filter((chunk) => chunk.moduleIds.some((id) => id.endsWith(view)))
          .map((chunk) => chunk.fileName)
        for (const file of wanted) {
          const chunk = chunks.find((each) => each.fileName === file)
          wanted.push(...(chunk?.imports ?? []).filter((each) => !wanted.includes(each)))
        }
        return wanted.filter((file) => file !== entry?.fileName && !entry?.imports.includes(file))
      }
      const script = `let v=null;try{v=localStorage.getItem('gt-city');const t=localStorage.getItem('gt-theme');if(t)document.documentElement.dataset.theme=t}catch{}
const p=location.pathname,f=!v||p=='/welcome'?${JSON.stringify(filesOf('/WelcomeView.vue'))}:${JSON.stringify(filesOf('/HomeView.vue'))};if(p!='/'&&p!='/welcome')f.push(...${JSON.stringify(filesOf('/src/pages.ts'))});for(const n of f){const l=document.createElement('link');l.rel='modulepreload';l.href='/'+n;document.head.append(l)}`
      return { html: page, tags: [{ tag: 'script', children: script, injectTo: 'head' as const }] }
    },
  },
}

/** In development one server shows both; built, the desk is a build of its own (vite.ops.config.ts). */
const deskInDevelopment: Plugin = {
  name: 'desk-in-development',
  apply: 'serve',
  configureServer(server) {
    server.middlewares.use((request, _response, next) => {
      if (/^\/ops(\/|$)/.test(request.url ?? '')) request.url = '/ops.html'
      next()
    })
  },
}

/** Vitest leaves a core to itself; of two, that is half of the machine standing still. */
const maxWorkers = Math.max(2, availableParallelism() - 1)

/** Tests of what holds no state. */
const PURE = ['content', 'contract', 'domain', 'proof', 'scan', 'tracks'].map(
  (folder) => `test/${folder}/**/*.test.ts`,
)

export default defineConfig(({ mode }) => ({
  define: {
    __APP_VERSION__: JSON.stringify(version),
    __PINNED_KEYS__: JSON.stringify(readPinnedKeys(process.env.PINNED_KEYS) ?? null),
  },
  plugins: [
    withoutJsonAttributes,
    preloadFirstView,
    deskInDevelopment,
    searchPieces(),
    vue({ features: { optionsAPI: false } }),
    icons({ compiler: 'vue3', scale: 1, defaultClass: 'icon' }),
    VitePWA({
      strategies: 'injectManifest',
      srcDir: 'src/pwa',
      filename: 'sw.ts',
      injectRegister: false,
      manifest: false, // public/manifest.webmanifest is written by hand: what the phone shows is not generated.
      injectManifest: {
        globPatterns: ['**/*.{js,css,html,svg,png,webmanifest,json,woff2}'],
        // The desk is no citizen's: it may lie there from a build before.
        globIgnores: ['**/screenshots/**', 'ops/**'],
        maximumFileSizeToCacheInBytes: 4 * 1024 * 1024,
      },
    }),
    joinAppFiles(),
    packFiles(),
  ],
  // The same Dexie for browsers of this decade: 1.5 kB less in the first load than its default entry.
  resolve: { alias: { dexie: 'dexie/dist/modern/dexie.mjs' } },
  worker: { format: 'es' }, // so that the parsers of track files stay lazy inside the worker too
  build: {
    target: 'es2022',
    rolldownOptions: { output: { codeSplitting: { groups: firstChunks(import.meta.dirname) } } },
    modulePreload: {
      polyfill: false,
      // What home shows later and the other tabs load in one go. The names of all other chunks would weigh 2 kB in the first load: they load as they are found.
      resolveDependencies: (view, files) =>
        /\/(?:later|packs|(?:Ledger|Log|Rewards|City)View)-/.test(view) ? files : [],
    },
  },
  server: { port: 5173, proxy: { '/api': 'http://127.0.0.1:4173' } },
  test: {
    globals: false,
    // A busy machine is no bug: these only end what hangs.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    sequence: { sequencer: LongestFirst },
    exclude: mode === 'quick' ? notQuick() : [],
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          environment: 'node',
          include: ['test/**/*.test.ts'],
          exclude: ['test/e2e/**', 'test/ui/**', 'test/simulation/**', ...PURE],
          globalSetup: 'test/support/schemas-away.ts',
          isolate: false, // databases go from file to file as well
          maxWorkers,
        },
      },
      {
        extends: true,
        test: {
          name: 'simulation',
          environment: 'node',
          include: ['test/simulation/**/*.test.ts'], // each stands a process's clock, dice and keys still, for good
          maxWorkers,
        },
      },
      {
        extends: true,
        test: {
          name: 'pure',
          environment: 'node',
          include: PURE,
          isolate: false, // they keep nothing: a process of its own for each file would cost a third of their time
          maxWorkers,
        },
      },
      {
        extends: true,
        test: {
          name: 'ui',
          environment: 'happy-dom',
          include: ['test/ui/**/*.test.ts'],
          setupFiles: 'test/support/left-page.ts',
          isolate: false,
          maxWorkers,
        },
      },
      {
        extends: true,
        test: {
          name: 'e2e',
          environment: 'node',
          include: ['test/e2e/**/*.test.ts'],
          globalSetup: 'test/support/first-start.ts',
          maxWorkers: 2, // three take as long: both cores are at work
          sequence: { groupOrder: 1 }, // browsers have the machine to themselves
          expect: { poll: { timeout: 60_000 } }, // a page on a busy machine is no bug either
          testTimeout: 180_000,
          hookTimeout: 240_000,
        },
      },
    ],
  },
}))
