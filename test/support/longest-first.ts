/**
 * In which order the files of a run begin. A fresh clone does not know how long any of them takes, and goes by how large they are: the small file
 * that opens every page in two browsers would come last, with one core standing still beside it for minutes.
 */
import { existsSync } from 'node:fs'
import { BaseSequencer, type TestSpecification } from 'vitest/node'

/** Those that take about a minute and more, by how long. */
const LONGEST = [
  ...['accessibility', 'pages-other-browsers', 'pwa', 'storage', 'ops-pages', 'draw'],
  ...['trip-other-browsers', 'other-browsers', 'main-journey', 'three-people'],
].map((name) => `/test/e2e/${name}.test.ts`)

export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    // One that was renamed would come last again without a word.
    for (const file of LONGEST) if (!existsSync(`.${file}`)) throw new Error(`no file ${file}`)
    const sorted = await super.sort(files)
    const named = LONGEST.flatMap((file) => sorted.filter(({ moduleId }) => moduleId.endsWith(file)))
    const others = sorted.filter((file) => !named.includes(file))
    const group = ({ project }: TestSpecification) => project.config.sequence.groupOrder
    return [...named, ...others].sort((one, other) => group(one) - group(other))
  }
}
