/** Backup, restore and export: what a file holds, what it is good for, what may be wrong with one. */
import { defineText } from '../define-text.ts'

const faults = {
  not_a_backup: {
    title: '这不是绿迹的备份文件',
    text: '备份文件的名字像 greentrace-2026-11-20.json。什么也没有写入。',
  },
  damaged: {
    title: '这个备份不完整或被改过',
    text: '里面的校验码对不上，所以一条也没有写入。请换一份备份试试。',
  },
  newer: {
    title: '这个备份来自更新的版本',
    text: '文件是好的，请留着。先更新绿迹，再恢复一次。什么也没有写入。',
  },
  more_than_guest: {
    title: '这个备份的内容对不上',
    text: '它写着是没登录时的备份，里面却有只属于账户的记录或券，所以一条也没有写入。请换一份备份试试。',
  },
  other_account: {
    title: '这是另一个账户的备份',
    text: '请先登录那个账户，再恢复。什么也没有写入。',
  },
}

export const backupText = defineText(
  {
    title: '备份与恢复',
    lead: '再稳妥的保存也可能出意外：手机会丢，浏览器会清数据。多留一份最放心。',
    leadAccount: '同步过的记录在账户里也有一份。备份能多防一手，还能带走签过名的账。',
    leadGuest: '没有登录时，记录只在这部手机上。浏览器清了数据就找不回来，只有备份文件能救。',
    last: '上次备份',
    never: '还没有备份过',
    old: (days: number) => `已经 ${days} 天没有备份了`,
    make: '备份到文件',
    makeText: '一个 JSON 文件：全部记录和签名、还没上传的记录、目标。没有路线，没有手机号。',
    writing: '正在把记录写进文件',
    ready: (name: string, size: string) => `${name} · ${size}`,
    readyTitle: '文件做好了',
    save: '保存文件',
    share: '分享到别处',
    saved: '已交给浏览器保存，请确认它在下载里',
    cancelled: '已取消，没有留下文件',
    failed: '没有做成文件',
    restoreFailed: '没能恢复',
    failedText: '记录没有变动。可能是手机空间不够，腾出一些再试。',
    restore: '从文件恢复',
    restoreText: '把备份里有、这里没有的记录补进来。已经有的不会重复。',
    choose: '选择备份文件',
    drop: '也可以把文件拖到这里',
    reading: '正在检查并读入',
    restored: (count: string) => `补回了 ${count} 条记录`,
    restoredText: '它们等着上传，上传后由服务器核算。',
    nothing: '这里已经有备份里的全部记录',
    nothingText: '不用补，什么也没有改动。',
    needsLedger: '请先选城市，开一本账',
    faults,
  },
  {
    title: 'Backup and restore',
    lead: 'Nothing survives everything: phones get lost, browsers clear data. One more copy is safer.',
    leadAccount:
      'What is synced is in your account too. A backup is one more safeguard, and takes the signed ledger with you.',
    leadGuest:
      'While you are not signed in, records are only on this phone. If the browser clears its data, only a backup brings them back.',
    last: 'Last backup',
    never: 'Never backed up',
    old: (days: number) => `No backup for ${days} days`,
    make: 'Back up to a file',
    makeText:
      'One JSON file: all records with their signatures, what is waiting, your goal. No routes, no phone number.',
    writing: 'Writing records',
    ready: (name: string, size: string) => `${name} · ${size}`,
    readyTitle: 'The file is ready',
    save: 'Save the file',
    share: 'Share it elsewhere',
    saved: 'Handed to the browser. Check that it is in your downloads',
    cancelled: 'Cancelled; no file was left behind',
    failed: 'The file could not be made',
    restoreFailed: 'Nothing was restored',
    failedText: 'Your records are unchanged. The phone may be short of space: free some and try again.',
    restore: 'Restore from a file',
    restoreText: 'Adds the records that the backup holds and this phone lacks. Nothing is doubled.',
    choose: 'Choose a backup file',
    drop: 'Or drop the file here',
    reading: 'Checking and reading',
    restored: (count: string) => `${count} ${count === '1' ? 'record' : 'records'} brought back`,
    restoredText: 'They are waiting to be uploaded and assessed by the server.',
    nothing: 'Everything in the backup is here already',
    nothingText: 'Nothing had to be added; nothing was changed.',
    needsLedger: 'Choose a city first to open a ledger',
    faults: {
      not_a_backup: {
        title: 'This is not a backup of Greentrace',
        text: 'Such files have names like greentrace-2026-11-20.json. Nothing was written.',
      },
      damaged: {
        title: 'This backup is incomplete or was changed',
        text: 'Its seals do not hold, so nothing of it was written. Try another backup.',
      },
      newer: {
        title: 'This backup was made by a newer version',
        text: 'The file is good: keep it. Update Greentrace, then restore again. Nothing was written.',
      },
      more_than_guest: {
        title: 'This backup contradicts itself',
        text: 'It says that nobody was signed in, yet it holds records or vouchers that only an account has. Nothing of it was written. Try another backup.',
      },
      other_account: {
        title: 'This is the backup of another account',
        text: 'Sign in to that account first, then restore. Nothing was written.',
      },
    },
  },
)
