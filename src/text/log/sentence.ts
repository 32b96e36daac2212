/** The words of the one field that takes a whole sentence: what was understood, and what was not. */
import { defineText } from '../define-text.ts'

/** Of each doubt that the reading has; a missing one does not compile where they are said. */
const zh = {
  kind: '没看出是哪种行动。写上走路、骑车、公交、地铁这样的词，或在下面选一种。',
  which: '坐的是哪种车？',
  car: '开油车不算减碳，没有填。是电动车的话，写“开电动车”。',
  negated: '看起来是没做这件事，没有填。做了的话，换个说法。',
  number: '数字后面没有单位，或者读不懂，没有填数。写成“3站”“3公里”或“20分钟”。',
  range: '看到两个数，不知道该用哪个，没有填数。',
  several: '看到两个数，不知道该用哪个，没有填数。',
  unit: '这种行动不按这个单位算，没有填数。',
  steps: '步数算不出里程，没有填数。写公里或分钟。',
  roundTrip: '来回是两笔：这里填的是写的那个数，单程的话记完再点“返程”。',
  time: '没看出是哪一天，时间没有填。写成“昨天”“周三”或“11月28日”。',
  future: '还没到的时间不能记，时间没有填。',
  newEnergy: '只有坐的是新能源车才算。',
  meter: '节电按电表的三次读数算，请在下面填。',
  provider: '这一种由回收方称重上报，不能自己记。',
}

const en = {
  kind: 'No kind of act was found. Use a word like walk, bike, bus or metro, or choose one below.',
  which: 'Which ride was it?',
  car: 'Driving a petrol car saves nothing: not filled in. If it was electric, write “electric car”.',
  negated: 'It reads as if you did not do it: not filled in. If you did, say it in other words.',
  number: 'The number has no unit or cannot be read: not filled in. Write “3 stops”, “3 km” or “20 minutes”.',
  range: 'There are two numbers, and we cannot tell which one counts: not filled in.',
  several: 'There are two numbers, and we cannot tell which one counts: not filled in.',
  unit: 'This kind is not counted in that unit: not filled in.',
  steps: 'Steps do not give a distance: not filled in. Write km or minutes.',
  roundTrip:
    'There and back are two trips: the number stands as you wrote it. If it was one way, log the way back after.',
  time: 'Which day it was is not clear: no time was filled in. Write “yesterday”, “Wednesday” or “Nov 28”.',
  future: 'What is still to come cannot be logged: no time was filled in.',
  newEnergy: 'It counts only if the car was a new-energy one.',
  meter: 'Saving power needs three meter readings: please fill them in below.',
  provider: 'This kind is weighed and reported by the recycler, not logged by hand.',
}

export const sentenceText = defineText(
  {
    label: '用一句话记',
    hint: '如 今天坐5路3站',
    note: '也可以用键盘上的话筒说。填好给你看，不会自己记下。',
    fill: '填表',
    missing: '先写一句话',
    understood: (words: string) => `看成：${words}`,
    check: '看一眼对不对，再点“记下”。',
    rest: (words: string) => `先填了第一笔，记完再填后面的：${words}`,
    units: { km: 'km', minute: '分钟', stop: '站' },
    choose: '是这一种',
    doubts: zh,
  },
  {
    label: 'In one sentence',
    hint: 'such as: bus 3 stops this morning',
    note: 'The microphone of your keyboard works too. It fills in the form and logs nothing by itself.',
    fill: 'Fill in',
    missing: 'Write a sentence first',
    understood: (words: string) => `Understood: ${words}`,
    check: 'Check it, then tap “Log it”.',
    rest: (words: string) => `The first is filled in; the rest comes after it: ${words}`,
    units: { km: 'km', minute: 'min', stop: 'stops' },
    choose: 'It was this',
    doubts: en,
  },
)
