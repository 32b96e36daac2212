/** First minutes: choosing a city, and the landing page that a poster's QR code opens. */
import { defineText } from '../define-text.ts'

export const welcomeText = defineText(
  {
    title: '你在哪个城市？',
    lead: '不用注册，点一下城市就能记第一笔。没有网络也能用。',
    cities: '城市',
    later: '以后可以在设置里换。记录先存在这部手机上。',
    language: '语言',
    elder: '长辈版',
    failed: '没能存到手机上。再点一次城市；还不行，就腾出一点空间。',
    readOnly: (city: string) => `先读${city}的行动`,
    who: '谁在办？会问我要什么？',
    chosen: '已选',
    hi: {
      title: '绿迹是什么',
      lead: '一本记在手机里的减碳账。骑车、坐公交、光盘，几秒记一笔，当场看到少排了多少二氧化碳，攒下的积分能换东西。',
      who: '谁在办',
      whoText:
        '这是一个开源演示。没有任何政府部门或公司在运营它。里面的商家、兑换项和公交卡等服务都是示例，标着“示例”二字，积分不是钱。',
      never: '它从来不问',
      nevers: ['银行卡号、支付密码', '身份证照片、人脸', '通讯录'],
      neverText: '谁用绿迹的名义向你要这些，或者让你转账，都是骗子。请打 12345 核实。',
      call: '拨打 12345',
      basis: '依据哪份文件',
      basisText: '城市行动的内容出自各市政府公开发布的碳达峰工作方案，每一条都标着章节，可以去原文核对。',
      number: '文号',
      phone: '留在手机上的',
      phoneText:
        '走过的路线不离开手机。登录后，一次出行发出去的只有类别、时间、里程、速度概要和一个校验码；发出之前都能看。全部清单在“隐私”页。',
      start: '先用起来',
      read: '看这座城市的行动',
    },
  },
  {
    title: 'Which city are you in?',
    lead: 'No account needed: tap a city and log your first action. It works without a network.',
    cities: 'Cities',
    later: 'You can change it in settings. Records stay on this phone at first.',
    language: 'Language',
    elder: 'Elder mode',
    failed:
      'It could not be stored on the phone. Tap the city again; if it fails once more, free some space.',
    readOnly: (city: string) => `Read what ${city} does`,
    who: 'Who runs this, and what does it ask of me?',
    chosen: 'Chosen',
    hi: {
      title: 'What Greentrace is',
      lead: 'A ledger of carbon avoided, kept on your phone. Log a ride, a bus trip or a clean plate in seconds, see at once how much CO₂ it saved, and exchange the points.',
      who: 'Who runs it',
      whoText:
        'This is an open-source demonstration. No government office and no company runs it. Its shops, offers and services such as bus cards are samples and marked as such; points are not money.',
      never: 'What it never asks for',
      nevers: ['Bank card numbers, payment passwords', 'Photos of your ID, your face', 'Your contacts'],
      neverText:
        'Anyone who asks for these in Greentrace’s name, or for a transfer, is a fraud. Call 12345 to check.',
      call: 'Call 12345',
      basis: 'Which document it stands on',
      basisText:
        'The city actions come from the carbon peaking plans each city government has published. Every item names its section, so you can check the original.',
      number: 'Number',
      phone: 'What stays on your phone',
      phoneText:
        'Your routes never leave the phone. Once you sign in, all that is sent of a trip is its kind, time, distance, a speed summary and a digest, and you can see it first. The whole list is on the Privacy page.',
      start: 'Start now',
      read: 'See what this city does',
    },
  },
)
