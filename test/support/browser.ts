/** A real Chromium for the journeys: Debian's where it is installed, else the one that npm brings. */
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { type BrowserContext, type BrowserContextOptions, chromium, type Page } from 'playwright-core'

const INSTALLED = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/opt/google/chrome/chrome',
]

/** Without these, a machine with a closed network is asked for updates and look-ups many times a second. */
export const CHROMIUM_ARGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

export const PHONE = { width: 390, height: 844 }

/** Names npm's Chromium for journeys that need no whole browser, where a run has found that it goes here. */
const SHELL = 'GREENTRACE_SHELL'

let path: Promise<string> | undefined

/** Where the whole browser is. The one from npm is unpacked into the project's cache, with the libraries that it needs. */
export function chromiumPath(): Promise<string> {
  path ??= find()
  return path
}

async function find(): Promise<string> {
  const installed = [process.env.CHROMIUM_PATH, ...INSTALLED].find((each) => each && existsSync(each))
  if (installed) return installed
  process.env.TMPDIR = unpackedTo()
  // Its NSS comes in a pack for another system, which it unpacks when it believes to be there.
  process.env.AWS_LAMBDA_JS_RUNTIME ??= 'nodejs22.x'
  const { default: sparticuz } = await import('@sparticuz/chromium')
  const executable = await sparticuz.executablePath()
  process.env.FONTCONFIG_FILE = fontsOf(unpackedTo())
  const libraries = join(unpackedTo(), 'al2023', 'lib')
  process.env.LD_LIBRARY_PATH = [libraries, process.env.LD_LIBRARY_PATH].filter(Boolean).join(':')
  return executable
}

function unpackedTo(): string {
  const cache = resolve('.cache/chromium')
  mkdirSync(cache, { recursive: true })
  return cache
}

/** The system's fonts, and those that it brings, which its own list looks for elsewhere: where there are none at all it ends at the first letter that it lacks. */
function fontsOf(cache: string): string {
  const file = join(cache, 'fonts.conf')
  writeFileSync(
    file,
    `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <include ignore_missing="yes">/etc/fonts/fonts.conf</include>
  <dir>${join(cache, 'fonts')}</dir>
  <cachedir>${join(cache, 'fonts-cache')}</cachedir>
</fontconfig>
`,
  )
  return file
}

/** In a process of its own: whoever imports it has libraries and fonts of another system from then on, and an installed browser has those that it needs. */
const UNPACK = "import c from '@sparticuz/chromium'; process.stdout.write(await c.executablePath())"

/**
 * For the rest of a run, journeys go in npm's Chromium, the engine without windows around it: two thirds of the work. Where it does not start, or
 * nothing else is installed, they go in the one that there is.
 */
export async function preferShell(): Promise<void> {
  if (!INSTALLED.includes(await chromiumPath())) return
  const { stdout: shell } = spawnSync(process.execPath, ['--input-type=module', '-e', UNPACK], {
    env: { ...process.env, TMPDIR: unpackedTo() },
    encoding: 'utf8',
  })
  if (shell && spawnSync(shell, ['--version']).status === 0) process.env[SHELL] = shell
}

export interface Profile {
  /** Opens the browser on this profile; what was stored before is there. */
  open(options?: BrowserContextOptions): Promise<{ context: BrowserContext; page: Page }>
  /** Closes the browser and keeps the profile, as a phone that is switched off. */
  close(): Promise<void>
  /** Closes it and removes all that it stored. */
  end(): Promise<void>
}

/**
 * A person's browser: a profile on disk that survives closing it. `more`: what it is started with beside the usual. `isWhole`: with all that only a
 * whole browser has, as Background Sync.
 */
export async function newProfile(more: readonly string[] = [], { isWhole = false } = {}): Promise<Profile> {
  const executablePath = (!isWhole && process.env[SHELL]) || (await chromiumPath())
  const folder = mkdtempSync(join(tmpdir(), 'greentrace-browser-'))
  const isShell = !INSTALLED.includes(executablePath)
  const args = [...CHROMIUM_ARGS, ...more, ...(isShell ? ['--headless=shell'] : [])]
  let context: BrowserContext | undefined
  const close = async () => {
    await context?.close()
    context = undefined
  }
  return {
    async open(options = {}) {
      await close()
      context = await chromium.launchPersistentContext(folder, {
        executablePath,
        headless: true,
        args,
        viewport: PHONE,
        locale: 'zh-CN',
        timezoneId: 'Asia/Shanghai',
        ...options,
      })
      return { context, page: context.pages()[0] ?? (await context.newPage()) }
    },
    close,
    async end() {
      await close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** Resolves when the worker has everything it needs to answer without a network. */
export async function untilOfflineReady(page: Page): Promise<void> {
  await page.evaluate(async () => {
    await navigator.serviceWorker.ready
    if (navigator.serviceWorker.controller) return
    await new Promise<void>((resolve) => {
      navigator.serviceWorker.addEventListener('controllerchange', () => resolve())
      setTimeout(resolve, 5000)
    })
  })
}
