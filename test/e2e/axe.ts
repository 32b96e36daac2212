/** What axe says against the page as it stands. Brought into each page once: parsing axe takes longer than most pages take to be looked at. */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { AxeResults, RunOptions } from 'axe-core'
import type { Page } from 'playwright-core'

const SOURCE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']
const OPTIONS: RunOptions = { runOnly: TAGS, resultTypes: ['violations'] }

interface WithAxe {
  readonly axe?: { run(options: RunOptions): Promise<AxeResults> }
}

/** Rule, place and what is wrong there, of each finding; none means that the page is clean. */
export async function axeFindings(page: Page): Promise<string[]> {
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(SOURCE)
  return page.evaluate(async (options) => {
    const results = await (window as WithAxe).axe?.run(options)
    if (!results) throw new Error('axe is not there')
    return results.violations.flatMap(({ id, nodes }) =>
      nodes.map(
        ({ target, html, failureSummary }) =>
          `${id}: ${target.join(' ')}: ${html.slice(0, 80)}: ${failureSummary?.split('\n')[1]?.trim()}`,
      ),
    )
  }, OPTIONS)
}
