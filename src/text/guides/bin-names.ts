/** The bins by name, apart from the guide's other words: the city's search says them too. */
import { defineText } from '../define-text.ts'

export const binNames = defineText(
  {
    recyclable: '可回收物',
    hazardous: '有害垃圾',
    kitchen: '厨余垃圾',
    other: '其他垃圾',
    bulky: '大件垃圾',
    renovation: '装修垃圾',
    special: '不进桶',
  },
  {
    recyclable: 'Recyclable',
    hazardous: 'Hazardous',
    kitchen: 'Kitchen waste',
    other: 'Other waste',
    bulky: 'Bulky waste',
    renovation: 'Renovation waste',
    special: 'No bin',
  },
)
