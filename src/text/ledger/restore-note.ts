/** What stands in place of figures and lists while an account’s ledger comes to this phone for the first time. */
import { defineText } from '../define-text.ts'

export const restoreNoteText = defineText(
  {
    title: '正在取回你的账本',
    text: '取完才显示，免得只看到一部分。',
    paused: '账本还没取完',
    offline: '没有网络，连上以后接着取。已经取回的都在。',
    later: '现在取不到，过一会儿接着取。已经取回的都在。',
  },
  {
    title: 'Fetching your ledger',
    text: 'This appears once all of it is here, so that you never see a part for the whole.',
    paused: 'Your ledger is not all here yet',
    offline: 'No network: it goes on when there is one. What has come so far is kept.',
    later: 'It cannot be fetched just now and goes on in a while. What has come so far is kept.',
  },
)
