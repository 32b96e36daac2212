/** The words of the code scanner. */
import { defineText } from '../define-text.ts'

const zh = {
  video: '摄像头画面',
  aim: '把对方手机上的二维码放进框里',
  starting: '正在打开摄像头',
  torchOn: '开灯',
  torchOff: '关灯',
  picture: '从图片识别',
  pictureNote: '也可以把图片拖到这里，或者粘贴。',
  reading: '正在识别图片',
  nothingFound: '这张图里没有读到二维码。拍清楚一点、让码占画面大半，再试一次。',
  noPicture: '这个文件不是能打开的图片。',
  again: '再试一次',
  noDecoder: '识别程序还没有存到这台手机上。连上网络再试一次，以后没有网络也能扫。',
  off: '摄像头已关',
  trouble: {
    refused: {
      title: '没有摄像头权限',
      text: '在浏览器的网站设置里允许使用摄像头，再试一次。也可以从图片识别，或输入券码。',
    },
    absent: {
      title: '这里用不了摄像头',
      text: '没有找到摄像头，或者网址不是 https。可以从图片识别，或输入券码。',
    },
    busy: {
      title: '摄像头打不开',
      text: '可能正被别的应用占用。关掉那个应用再试一次，也可以从图片识别，或输入券码。',
    },
    lost: {
      title: '摄像头断开了',
      text: '再试一次就会重新打开。也可以从图片识别，或输入券码。',
    },
  },
} as const

export const scanText = defineText(zh, {
  video: 'Camera',
  aim: 'Hold the QR code of the other phone inside the frame',
  starting: 'Opening the camera',
  torchOn: 'Light on',
  torchOff: 'Light off',
  picture: 'Read from a picture',
  pictureNote: 'You can also drop a picture here, or paste one.',
  reading: 'Reading the picture',
  nothingFound:
    'No QR code was found in this picture. Take a sharper one in which the code fills most of it, and try again.',
  noPicture: 'This file is no picture that can be opened.',
  again: 'Try again',
  noDecoder:
    'The reader is not stored on this phone yet. Connect to a network and try again; from then on it works without one.',
  off: 'The camera is off',
  trouble: {
    refused: {
      title: 'The camera is not allowed',
      text: 'Allow the camera in the browser’s settings of this site, then try again. Or read from a picture, or type the number.',
    },
    absent: {
      title: 'No camera can be used here',
      text: 'None was found, or the address is not https. Read from a picture, or type the number.',
    },
    busy: {
      title: 'The camera does not open',
      text: 'Another app may be using it. Close that app and try again. Or read from a picture, or type the number.',
    },
    lost: {
      title: 'The camera was disconnected',
      text: 'Try again to open it anew. Or read from a picture, or type the number.',
    },
  },
})
