/** The way to the home screen in each browser, and what to know in browsers that cannot keep a ledger safely. */
import { defineText } from '../define-text.ts'

export const installText = defineText(
  {
    title: '添加到桌面',
    why: '像应用一样打开，没有网络也能用，记录也不容易被浏览器清掉。',
    button: '添加到桌面',
    installed: '已经在桌面上了，下次从桌面图标打开。',
    steps: {
      'ios-safari': ['点屏幕下方的“分享”按钮', '向上滑，选“添加到主屏幕”', '点右上角“添加”'],
      'ios-other': ['点地址栏旁的“分享”按钮', '选“添加到主屏幕”', '如果没有这一项，请换用 Safari 打开'],
      huawei: [
        '点底部“⋮⋮”或“我的”菜单',
        '选“添加至”，再选“桌面”',
        '没有图标出现时，在系统设置里允许浏览器创建桌面快捷方式',
      ],
      xiaomi: ['点底部“☰”菜单', '选“添加书签”或“收藏”', '选“桌面”，在弹窗里允许创建快捷方式'],
      oppo: ['点底部“☰”菜单', '选“添加书签”', '选“添加到桌面”'],
      vivo: ['点底部“☰”菜单', '选“加入书签”', '选“桌面”，在弹窗里允许创建快捷方式'],
      qq: ['点底部“☰”菜单', '选“收藏”旁的“添加到”', '选“手机桌面”'],
      uc: ['点底部“☰”菜单', '选“收藏网址”', '选“手机桌面”'],
      vendor: ['打开浏览器的菜单', '找“添加到桌面”“发送到桌面”或“添加书签”', '没有这一项时，加入书签也能用'],
      samsung: ['点地址栏右侧的下载箭头，或底部“☰”菜单', '选“添加页面到”', '选“主屏幕”'],
      firefox: ['点“⋮”菜单', '选“添加到主屏幕”'],
      android: ['点右上角“⋮”菜单', '选“安装应用”或“添加到主屏幕”'],
      desktop: ['点地址栏右侧的安装图标', '或在浏览器菜单里选“安装绿迹”'],
    },
    noNeed: '不添加也能用全部功能。',
    iosNote: '桌面图标和 Safari 各存各的记录。请先同步，再添加。',
    wechat: {
      title: '请换到手机浏览器里打开',
      text: '这里看内容没问题，但记录可能存不住：这个应用的内置浏览器随时会清掉数据。',
      steps: ['点右上角“···”', '选“在浏览器打开”'],
      copy: '复制网址',
      copied: '已复制，去浏览器里粘贴',
      manual: '长按选中网址，再复制：',
    },
    insecure: {
      title: '这个网址不安全，功能不完整',
      text: '地址以 http 开头，浏览器不允许离线使用，也不能签名和加密。请改用 https 开头的网址。',
    },
    update: {
      text: '新版本准备好了',
      accept: '现在更新',
      later: '以后再说',
      keeps: '填了一半的会留着。',
      loses: '有一处还没填完，这里存不住，更新后要重填。',
      first: '先填完',
      anyway: '照样更新',
    },
  },
  {
    title: 'Add to home screen',
    why: 'Opens like an app, works without a network, and the browser is less likely to clear your records.',
    button: 'Add to home screen',
    installed: 'It is on your home screen. Open it from there next time.',
    steps: {
      'ios-safari': [
        'Tap the Share button at the bottom',
        'Scroll up and choose “Add to Home Screen”',
        'Tap “Add” at the top right',
      ],
      'ios-other': [
        'Tap the Share button by the address bar',
        'Choose “Add to Home Screen”',
        'If it is not there, open this page in Safari',
      ],
      huawei: [
        'Open the menu at the bottom',
        'Choose “Add to”, then “Home screen”',
        'If no icon appears, allow the browser to create shortcuts in system settings',
      ],
      xiaomi: [
        'Open the ☰ menu at the bottom',
        'Choose “Add bookmark”',
        'Choose “Home screen” and allow the shortcut',
      ],
      oppo: ['Open the ☰ menu at the bottom', 'Choose “Add bookmark”', 'Choose “Add to home screen”'],
      vivo: [
        'Open the ☰ menu at the bottom',
        'Choose “Add bookmark”',
        'Choose “Home screen” and allow the shortcut',
      ],
      qq: ['Open the ☰ menu at the bottom', 'Choose “Add to” beside “Bookmark”', 'Choose “Phone desktop”'],
      uc: ['Open the ☰ menu at the bottom', 'Choose “Bookmark”', 'Choose “Phone desktop”'],
      vendor: [
        'Open the browser’s menu',
        'Look for “Add to home screen” or “Add bookmark”',
        'If there is none, a bookmark works too',
      ],
      samsung: [
        'Tap the download arrow in the address bar, or the ☰ menu',
        'Choose “Add page to”',
        'Choose “Home screen”',
      ],
      firefox: ['Open the ⋮ menu', 'Choose “Add to Home screen”'],
      android: ['Open the ⋮ menu at the top right', 'Choose “Install app” or “Add to Home screen”'],
      desktop: [
        'Look for the install icon at the right of the address bar',
        'Or choose “Install Greentrace” in the browser’s menu',
      ],
    },
    noNeed: 'Everything works without it too.',
    iosNote: 'The home screen app and Safari keep separate records. Sync first, then add it.',
    wechat: {
      title: 'Please open this in your phone’s browser',
      text: 'Reading is fine here, but records may not last: this app’s built-in browser can clear them at any time.',
      steps: ['Tap ··· at the top right', 'Choose “Open in browser”'],
      copy: 'Copy the address',
      copied: 'Copied. Paste it in your browser',
      manual: 'Press and hold to select and copy:',
    },
    insecure: {
      title: 'This address is not secure',
      text: 'It begins with http, so the browser allows neither offline use nor signing and encryption. Please use the https address.',
    },
    update: {
      text: 'A new version is ready',
      accept: 'Update now',
      later: 'Later',
      keeps: 'What you have begun to fill in stays.',
      loses:
        'Something is half filled in and cannot be kept here: after the update it has to be typed again.',
      first: 'Finish it first',
      anyway: 'Update anyway',
    },
  },
)
