/** The page on which a service that reports tries its tokens and files. */
import type { FileFault, LineFault, ReportColumn } from '../../domain/evidence/report-file.ts'
import { defineText } from '../define-text.ts'

const columnsZh: Readonly<Record<ReportColumn, string>> = {
  reference: '流水号',
  handle: '用户标识',
  code: '行为',
  city: '城市',
  startedAt: '开始时间',
  endedAt: '结束时间',
  amount: '数量',
  unit: '单位',
}
const columnsEn: Readonly<Record<ReportColumn, string>> = {
  reference: 'reference',
  handle: 'handle',
  code: 'code',
  city: 'city',
  startedAt: 'start',
  endedAt: 'end',
  amount: 'amount',
  unit: 'unit',
}
const linesZh: Readonly<Record<LineFault, string>> = {
  missing: '没有填',
  unknown: '不认识',
  not_a_time: '不是时间，要像 2026-11-29 08:15',
  not_a_number: '不是大于零的数',
  too_much: '太大',
  too_long: '太长',
  not_a_name: '只能用英文字母、数字和符号，中间不能有空格',
  not_a_handle: '不是用户标识，要 32 位，只有 0–9 和 a–f',
  ends_before_start: '早于开始时间',
  twice: '和上面某一行相同',
  cells: '列数和表头不一样',
  quotes: '引号没有配成对',
}
const linesEn: Readonly<Record<LineFault, string>> = {
  missing: 'is empty',
  unknown: 'is not known',
  not_a_time: 'is no time; write it as 2026-11-29 08:15',
  not_a_number: 'is no number above zero',
  too_much: 'is too much',
  too_long: 'is too long',
  not_a_name: 'may hold Latin letters, digits and signs only, and no blanks',
  not_a_handle: 'is no handle: 32 signs of 0–9 and a–f',
  ends_before_start: 'is before the start',
  twice: 'stands further up already',
  cells: 'The line has another number of columns than the header',
  quotes: 'A quotation mark is not closed',
}
const filesZh: Readonly<Record<FileFault, string>> = {
  empty: '文件里没有要读的行',
  too_large: '文件超过 1 MB，请分成几个',
  too_many_lines: '超过 5000 行，请分成几个',
  not_text: '这不是表格的文字：请在表格软件里另存为 CSV，编码用 UTF-8 或 GB18030',
  no_header: '第一行要写列名',
}
const filesEn: Readonly<Record<FileFault, string>> = {
  empty: 'There are no lines in the file',
  too_large: 'The file has more than 1 MB: split it',
  too_many_lines: 'More than 5,000 lines: split the file',
  not_text: 'This is no table in text: save it from your spreadsheet as CSV, in UTF-8 or GB18030',
  no_header: 'The first line has to name the columns',
}

export const selftestText = defineText(
  {
    title: '服务方自测',
    text: '给要接进来的服务方：先在这里试一试签名的上报，或者一份表格。只检查，什么都不会存下。',
    provider: '哪一家服务',
    what: '试什么',
    token: '一条上报',
    file: '一份表格',
    tokenField: '上报（SET，紧凑 JWS）',
    tokenMissing: '贴一条上报',
    check: '检查',
    good: '没有问题，可以发',
    goodText: (event: string, jti: string) => `事件 ${event}，编号 ${jti}。`,
    bad: (err: string) => `会被退回：${err}`,
    choose: '选一份 CSV',
    template: '下载样表',
    columns: columnsZh,
    lines: linesZh,
    files: filesZh,
    missing: (columns: string) => `缺这些列：${columns}`,
    read: (good: number, wrong: number) => `${good} 行可以交，${wrong} 行有问题`,
    encoding: (name: string) => `编码 ${name}`,
    line: (line: number) => `第 ${line} 行`,
    faultOf: (column: string, fault: string, found: string) =>
      `${column}${found ? `“${found}”` : ''}${fault}`,
    more: (count: number) => `还有 ${count} 行没有列出`,
    desk: '由工作台代交',
    deskText:
      '没有工程师的服务方，把这份表交给绿迹的工作人员，由他们在工作台逐行签名后交上去，和别的上报走同一条路。同一份交两次，只算一次。',
    deliver: '打开工作台（要登录）',
    spec: '接口说明',
  },
  {
    title: 'Self-test for services',
    text: 'For services that want to report: try a signed report here, or a table. It is checked, and nothing is kept.',
    provider: 'Which service',
    what: 'What to try',
    token: 'A report',
    file: 'A table',
    tokenField: 'Report (SET, compact JWS)',
    tokenMissing: 'Paste a report',
    check: 'Check',
    good: 'Nothing is wrong: it can be sent',
    goodText: (event: string, jti: string) => `Event ${event}, id ${jti}.`,
    bad: (err: string) => `It would be refused: ${err}`,
    choose: 'Choose a CSV file',
    template: 'Download a sample',
    columns: columnsEn,
    lines: linesEn,
    files: filesEn,
    missing: (columns: string) => `These columns are missing: ${columns}`,
    read: (good: number, wrong: number) =>
      `Lines that can be delivered: ${good}; with something wrong: ${wrong}`,
    encoding: (name: string) => `Encoding ${name}`,
    line: (line: number) => `Line ${line}`,
    faultOf: (column: string, fault: string, found: string) =>
      column ? `${column}${found ? ` “${found}”` : ''} ${fault}` : fault,
    more: (count: number) => `Further lines not listed: ${count}`,
    desk: 'Delivered by the desk',
    deskText:
      'A service without engineers hands this table to the people at Greentrace’s desk, who sign each line and deliver it the same way as any other report. A file that is handed in twice counts once.',
    deliver: 'Open the desk (sign-in needed)',
    spec: 'The API’s description',
  },
)
