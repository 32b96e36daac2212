/** What is said when the browser lets nothing be kept, has thrown away what was kept, or does not answer. */
import { defineText } from '../define-text.ts'

export const storageText = defineText(
  {
    blockedTitle: '这个浏览器不让绿迹存东西',
    blockedText: '存不下，就记不了：在这里记的会丢，所以现在不能记录，也不能登录。城市的行动照样能看。',
    blockedHow: '要记录，试试这几样',
    blockedSteps: [
      '退出无痕或隐私模式',
      '在浏览器设置里允许 Cookie 和网站数据',
      '关掉别的绿迹标签页，或换一个浏览器打开',
    ],
    blockedBar: '这个浏览器存不了东西：可以看，不能记。',
    why: '怎么办',
    retry: '再试一次',
    read: '先看城市的行动',
    compare: '城市对比',
    guides: '实用指南',
    goneTitle: '这部手机上的记录不见了',
    goneText:
      '浏览器清掉了绿迹存在这部手机上的数据，常见的原因是空间不够，或者清理过网站数据。还没上传的记录，从这部手机上找不回来了。',
    goneBack: '怎么找回来',
    goneAccount: '登录过的：重新登录，账户里的记录全部取回来。',
    goneBackup: '备份过的：从备份文件恢复。',
    signIn: '登录取回',
    restore: '从备份恢复',
    begin: '没有备份，重新开始',
    beginFailed: '还是存不进去。清出一点空间，再试一次。',
    clearedTitle: '浏览器刚刚清掉了这个网站的数据',
    clearedGuest: (count: string) => `页面里还留着的 ${count} 条已经重新写进手机。最好现在登录或备份一次。`,
    clearedAccount: (count: string) =>
      `还没上传的 ${count} 条已经重新写进手机，其余的从账户里取回。要是提示登录已过期，重新登录就行。`,
    clearedPhotos: (count: string) => `有 ${count} 张还没上传的照片没能留住。`,
    backUp: '去备份',
    troubleTitle: '没有读出来',
    troubleText: '手机上的数据没有读出来，或者太慢。什么也没有改动，也没有删。',
    troubleBar: '有的内容没有读出来，或者读得太慢。',
    slow: '手机存得很慢，刚才的还没写好。先别关这个页面。',
    leftTitle: '这本账在另一个标签页退出了',
    leftText: '这里不能再往里记。正在填的还留在这个页面里，重新登录同一个账户就接着填。',
    signInAgain: '重新登录',
  },
  {
    blockedTitle: 'This browser lets Greentrace keep nothing',
    blockedText:
      'What cannot be kept cannot be logged: it would be lost. So logging and signing in are off here. The cities’ actions can be read as always.',
    blockedHow: 'To log, try one of these',
    blockedSteps: [
      'Leave private or incognito mode',
      'Allow cookies and site data in the browser’s settings',
      'Close other tabs of Greentrace, or open it in another browser',
    ],
    blockedBar: 'This browser keeps nothing: you can read, but not log.',
    why: 'What to do',
    retry: 'Try again',
    read: 'Read what the cities do',
    compare: 'Compare cities',
    guides: 'Guides',
    goneTitle: 'The records on this phone are gone',
    goneText:
      'The browser has cleared what Greentrace kept on this phone, often for lack of space or because site data was cleaned. What was not uploaded cannot be found on this phone any more.',
    goneBack: 'How to get them back',
    goneAccount: 'If you had signed in: sign in again, and everything in your account comes back.',
    goneBackup: 'If you have a backup: restore it from the file.',
    signIn: 'Sign in to fetch them',
    restore: 'Restore a backup',
    begin: 'No backup: begin anew',
    beginFailed: 'It still cannot be stored. Free some space and try again.',
    clearedTitle: 'The browser has just cleared this site’s data',
    clearedGuest: (count: string) =>
      `${count} still in this page ${count === '1' ? 'was' : 'were'} written to the phone again. Better sign in or make a backup now.`,
    clearedAccount: (count: string) =>
      `${count} not yet uploaded ${count === '1' ? 'was' : 'were'} written to the phone again; the rest comes back from your account. If your session has ended, just sign in again.`,
    clearedPhotos: (count: string) =>
      count === '1'
        ? 'A photo that was not uploaded could not be kept.'
        : `${count} photos that were not uploaded could not be kept.`,
    backUp: 'Make a backup',
    troubleTitle: 'Could not be read',
    troubleText:
      'What is on this phone could not be read, or takes too long. Nothing was changed or deleted.',
    troubleBar: 'Some of this could not be read, or takes too long.',
    slow: 'The phone is slow: what you did is not written yet. Please keep this page open.',
    leftTitle: 'This ledger was signed out in another tab',
    leftText:
      'Nothing more can be logged in it here. What you were filling in is still on this page: sign in to the same account again and go on.',
    signInAgain: 'Sign in again',
  },
)
