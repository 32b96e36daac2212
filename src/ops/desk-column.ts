/** What the desk's lists are made of: columns, filters, pages. */

/** One value that is exported, and how it is shown. It is ordered by where its key is one of the list's `sorts`. */
export interface DeskColumn<Row> {
  readonly key: string
  readonly title: string
  readonly value: (row: Row) => string | number
  /** Where it is shown in other words than its value: a time, an amount. */
  readonly shown?: (row: Row) => string
  readonly align?: 'end'
  /** On a narrow screen it is left out, until it is chosen. */
  readonly isMinor?: true
}

/** One of the list's `filters`, in words. */
export interface DeskFilter {
  readonly name: string
  readonly label: string
  readonly words: (value: string) => string
}

/** A value without words is shown as it is: a later backend's. */
export function wordsFrom(words: Readonly<Record<string, string>>): DeskFilter['words'] {
  return (value) => words[value] ?? value
}

/** A page by its key; without `next` it is the last. */
export interface DeskPage<Row> {
  readonly rows: readonly Row[]
  readonly next?: string
}

/** `query`: what is asked, and `after` which row the page begins. */
export type LoadPage<Row> = (query: URLSearchParams) => Promise<DeskPage<Row>>
