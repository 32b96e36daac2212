/** Words of the desk's tables. */
import { defineText } from '../define-text.ts'

export const tableText = defineText(
  {
    filter: '筛选',
    columns: '显示的列',
    csv: '导出 CSV',
    more: '再载入一页',
    all: '全部载入',
    loading: '正在载入…',
    failed: '没有载入成功',
    retry: '重试',
    empty: '这里没有记录。',
    noneLeft: '没有符合筛选的记录。',
    count: (shown: number, loaded: number) =>
      shown === loaded ? `共 ${loaded} 条` : `${loaded} 条里的 ${shown} 条`,
    hasMore: '后面还有没载入的；筛选和排序只看已载入的。',
    keys: '上下键换行，Home、End 到头尾，PageUp、PageDown 跳十行，回车打开。',
    sortBy: (column: string) => `按${column}排序`,
  },
  {
    filter: 'Filter',
    columns: 'Columns',
    csv: 'Export CSV',
    more: 'Load one more page',
    all: 'Load all',
    loading: 'Loading…',
    failed: 'Loading failed',
    retry: 'Try again',
    empty: 'There is nothing here.',
    noneLeft: 'Nothing matches the filter.',
    count: (shown, loaded) =>
      shown === loaded ? `${loaded} ${loaded === 1 ? 'row' : 'rows'}` : `${shown} of ${loaded} rows`,
    hasMore: 'More are not loaded yet; filter and order look at those that are.',
    keys: 'Arrow keys change the row, Home and End go to the ends, Page keys jump ten, Enter opens.',
    sortBy: (column) => `Sort by ${column}`,
  },
)
