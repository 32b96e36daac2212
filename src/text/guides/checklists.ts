/** The words of the green checklists; the steps themselves are content. */
import { defineText } from '../define-text.ts'

export const checklistsText = defineText(
  {
    title: '绿色清单',
    intro: '做到一条，勾一条。勾选只留在这部手机上，没有网络也在。',
    lists: '哪一种地方',
    list: { home: '家庭', school: '学校', community: '社区', shop: '商店' },
    place: { home: '绿色家庭', school: '绿色学校', community: '绿色社区', shop: '绿色商场' },
    progress: '已做到',
    allDone: '这张清单全做到了。',
    planNone: (city: string, place: string) => `${city}的文件没有讲${place}，这张清单照样能用。`,
    planLink: '看这条行动',
    log: (act: string) => `记一笔：${act}`,
    measure: (city: string) => `${city}在做`,
    measureOf: (city: string, title: string) => `${city}在做：${title}`,
    print: '打印',
    reset: '全部取消勾选',
    wasReset: '已全部取消勾选',
    undo: '撤销',
    refused: '这个浏览器不让保存，关掉页面后勾选会丢。',
    notOfficial: '清单是我们自己的话，不是创建标准，也不是认证。参加评选，问社区、学校或 12345。',
    printedFor: (city: string) => `城市：${city}`,
  },
  {
    title: 'Green checklists',
    intro: 'Tick what is done. Ticks stay on this phone and need no network.',
    lists: 'What kind of place',
    list: { home: 'Home', school: 'School', community: 'Community', shop: 'Shop' },
    place: {
      home: 'green homes',
      school: 'green schools',
      community: 'green communities',
      shop: 'green malls',
    },
    progress: 'Done',
    allDone: 'Everything on this list is done.',
    planNone: (city: string, place: string) =>
      `The plan of ${city} does not speak of ${place}. The list works all the same.`,
    planLink: 'See this measure',
    log: (act: string) => `Log: ${act}`,
    measure: (city: string) => `${city} is on it`,
    measureOf: (city: string, title: string) => `${city} is on it: ${title}`,
    print: 'Print',
    reset: 'Untick all',
    wasReset: 'All ticks are gone',
    undo: 'Undo',
    refused: 'This browser refuses to keep ticks: they last until the page is closed.',
    notOfficial:
      'The lists are in our own words: no official criteria, no certificate. To enter an award, ask your community, your school or 12345.',
    printedFor: (city: string) => `City: ${city}`,
  },
)
