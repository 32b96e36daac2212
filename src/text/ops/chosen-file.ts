/** What becomes of a file that was chosen at the desk and has not been sent. */
import { defineText } from '../define-text.ts'

export const chosenFileText = defineText(
  {
    kept: '选好的文件留在这个浏览器标签页里，发出或退出后就不在了。',
    tooLarge: '文件太大，这个标签页留不住：离开这一页后要再选一次。',
  },
  {
    kept: 'The chosen file stays in this tab until it is sent or you sign out.',
    tooLarge: 'The file is too large to stay in this tab: once you leave this page, choose it again.',
  },
)
