/** The desk's requests for a page, and lists by their pages. */
import type * as v from 'valibot'
import { useDesk } from './desk.ts'
import type { DeskApi } from './desk-api.ts'
import type { DeskPage, LoadPage } from './desk-column.ts'

export function useDeskApi(): DeskApi {
  return useDesk().api
}

/** A list whose answer is a page: `{ rows, next }`. */
export function pagesOf<Row>(
  api: DeskApi,
  path: string,
  schema: v.GenericSchema<unknown, DeskPage<Row>>,
): LoadPage<Row> {
  return (query) => api.get(`${path}?${query}`, schema)
}
