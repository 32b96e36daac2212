/** A small wrong change to the core, as a slip that somebody could make. The named tests, all of them quick, must notice it. */
export interface Mutant {
  readonly name: string
  readonly file: string
  /** Stands exactly once in the file; when it no longer does, the list is mended with the code. */
  readonly find: string
  readonly replace: string
  /** Files of test/ without a browser. */
  readonly tests: readonly string[]
  /** In their names, which tests of those files: where all of them would take long. */
  readonly only?: string
}
