/** What to do in heat, flood, typhoon and cold, and whom to call: short, in our own words, readable without a network or a warning. */
import { defineText } from '../../define-text.ts'

export const hazardText = defineText(
  {
    title: '遇到时怎么办',
    text: '没有网络、没有预警时也能看。先保人，再保东西。',
    before: '之前',
    during: '当时',
    call: '什么时候打电话',
    hazards: { heat: '高温', flood: '暴雨和积水', typhoon: '台风', cold: '寒潮和结冰' },
    guides: {
      heat: {
        before: ['备好水、风扇和常用药，窗帘白天拉上。', '记下独居老人的电话，热天每天问一次。'],
        during: [
          '上午十一点到下午四点少出门，出门走阴凉处。',
          '每隔半小时喝几口水，不等口渴。',
          '老人、孩子、孕妇和户外干活的人最要当心。',
          '孩子和宠物一刻也不要留在车里。',
          '头晕、恶心、抽筋：到阴凉处躺下，解开衣扣，湿毛巾擦身。',
        ],
        call: '叫不醒、发高烧、说胡话：马上打 120，边等边降温。',
      },
      flood: {
        before: ['清一清阳台和门口的下水口。', '看好回家的路，哪里低、哪里容易积水。'],
        during: [
          '不走下穿桥洞、地下通道、地下车库。',
          '水过小腿就不要再往前走，看不清路面更不要走。',
          '车在水里熄火：马上开门或破窗离开，往高处走。',
          '离电线杆、配电箱和倒下的电线远一些。',
          '屋里进水：先关电闸和燃气，再往高处搬。',
        ],
        call: '被水困住打 119；路上积水、井盖不见了打 12345。',
      },
      typhoon: {
        before: ['收好阳台、窗外的花盆和衣物，关紧门窗。', '手机充满电，备好水、干粮、手电和药。'],
        during: [
          '留在屋里，离窗户远一些。',
          '不去海边看浪，不下海，船不出港。',
          '在外面就进结实的房子，远离广告牌、大树和工地围挡。',
          '风忽然停了可能只是风眼，等到解除再出门。',
          '要你转移就马上走，带证件和药，别回头取东西。',
        ],
        call: '有人受伤打 120，被困打 119；树倒了、断电断水打 12345。',
      },
      cold: {
        before: ['包好外露的水管和水表，备好厚衣和药。', '请人看过炉子和烟道再生火。'],
        during: [
          '分层穿衣，护住头、手和脚，湿了就换。',
          '用煤炉、炭火取暖：窗留一道缝，睡前熄火。',
          '路面结冰走慢些，少骑车，老人尽量不出门。',
          '有高血压、心脏病的人早晚别猛出门。',
          '热水袋和电热毯别贴着皮肤睡。',
        ],
        call: '屋里有人头痛、恶心、叫不醒：开窗、抬到户外，打 120；供暖停了打 12345。',
      },
    },
    phones: '要紧的电话',
    numbers: {
      '12379': '预警信息：问现在有什么预警',
      '119': '火灾和救援：着火、被困',
      '120': '急救：有人受伤或病重',
      '12345': '政务热线：积水、停水停电停暖',
    },
  },
  {
    title: 'What to do',
    text: 'Readable without a network and without a warning. People first, things later.',
    before: 'Before',
    during: 'While it lasts',
    call: 'When to call',
    hazards: { heat: 'Heat', flood: 'Rainstorm and flood', typhoon: 'Typhoon', cold: 'Cold wave and ice' },
    guides: {
      heat: {
        before: [
          'Have water, a fan and your usual medicine; draw the curtains by day.',
          'Keep the numbers of old people who live alone, and ask after them daily.',
        ],
        during: [
          'From eleven to four go out little, and in the shade.',
          'A few sips of water every half hour, before you are thirsty.',
          'Most at risk: old people, children, pregnant women and outdoor workers.',
          'Never leave a child or an animal in a car, not for a minute.',
          'Dizzy, sick, cramps: lie down in the shade, loosen clothes, cool with wet cloths.',
        ],
        call: 'Cannot be woken, high fever, confused: call 120 at once, and cool while you wait.',
      },
      flood: {
        before: [
          'Clear the drains on the balcony and at the door.',
          'Know your way home: where it is low, where water gathers.',
        ],
        during: [
          'Keep out of underpasses, subways and underground car parks.',
          'Water above the calf, or ground you cannot see: do not walk on.',
          'The car stalls in water: get out at once, by door or window, to higher ground.',
          'Keep away from poles, switch boxes and fallen wires.',
          'Water in the house: power and gas off first, then move things up.',
        ],
        call: 'Trapped by water: 119. Flooded road or missing manhole cover: 12345.',
      },
      typhoon: {
        before: [
          'Bring in flowerpots and washing; shut doors and windows.',
          'Charge the phone; have water, food, a torch and medicine.',
        ],
        during: [
          'Stay in, away from windows.',
          'Do not go to the shore, into the sea, or out by boat.',
          'Outdoors, enter a solid building; keep away from hoardings, large trees and fences.',
          'If the wind suddenly drops it may be the eye: wait until it is called off.',
          'If told to leave, leave at once with papers and medicine; do not go back for things.',
        ],
        call: 'Injured: 120. Trapped: 119. Fallen tree, no power or water: 12345.',
      },
      cold: {
        before: [
          'Wrap water pipes and meters; have warm clothes and medicine.',
          'Have stove and flue checked before you light a fire.',
        ],
        during: [
          'Dress in layers; cover head, hands and feet; change what is wet.',
          'With a coal or charcoal fire keep a window ajar, and put it out before you sleep.',
          'Walk slowly on ice, cycle less; old people had better stay in.',
          'With high blood pressure or a weak heart, do not rush out early or late.',
          'Keep hot-water bottles and electric blankets off bare skin.',
        ],
        call: 'Headache, sickness, cannot be woken: open windows, carry them out, call 120. No heating: 12345.',
      },
    },
    phones: 'Numbers that matter',
    numbers: {
      '12379': 'Warnings: ask which are in force',
      '119': 'Fire and rescue: fire, trapped',
      '120': 'Ambulance: injured or very ill',
      '12345': 'City services: flooded roads, no water, power or heating',
    },
  },
)
