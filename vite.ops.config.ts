/**
 * The desk's pages, in a build of their own behind the citizens': its files lie in `dist/ops`, so that no citizen loads or keeps any of them, and
 * no chunk of theirs is cut differently for it.
 */
import vue from '@vitejs/plugin-vue'
import icons from 'unplugin-icons/vite'
import { defineConfig } from 'vite'
import { packFiles } from './build/pack-files.ts'

export default defineConfig({
  base: '/ops/',
  publicDir: false,
  plugins: [
    vue({ features: { optionsAPI: false } }),
    icons({ compiler: 'vue3', scale: 1, defaultClass: 'icon' }),
    packFiles('..'),
  ],
  build: {
    target: 'es2022',
    outDir: 'dist/ops',
    emptyOutDir: true,
    modulePreload: { polyfill: false },
    rolldownOptions: { input: 'ops.html' },
  },
})
