/** A column of the desk's tables: one value that is filtered, sorted and exported, and how it is shown. */
export interface DeskColumn<Row> {
  readonly key: string
  readonly title: string
  readonly value: (row: Row) => string | number
  /** Where it is shown in other words than it is sorted by: a time, an amount. */
  readonly shown?: (row: Row) => string
  readonly align?: 'end'
  /** On a narrow screen it is left out, until it is chosen. */
  readonly isMinor?: true
}

/** A page by its key; without `next` it is the last. */
export interface DeskPage<Row> {
  readonly rows: readonly Row[]
  readonly next?: string
}
