/**
 * What counts as plain text of people and operators: letters that a screen shows, a feed can carry and a reader cannot be fooled by. What is
 * published or names something is refused where it is not plain; what a person writes about their own acts is kept as it was typed.
 */

/** C0 without tab and line ends, DEL and C1, and what no Unicode text exchanges: XML 1.0 and iCalendar cannot carry most of them. */
const CONTROLS =
  '\\u0000-\\u0008\\u000b\\u000c\\u000e-\\u001f\\u007f-\\u009f\\ufdd0-\\ufdef\\ufffe\\uffff' +
  Array.from(
    { length: 16 },
    (_, plane) => `\\u{${(plane + 1).toString(16)}fffe}\\u{${(plane + 1).toString(16)}ffff}`,
  ).join('')
/** Half a character: its other half was cut off. With the `u` flag only those that stand alone match. */
const HALVES = '\\ud800-\\udfff'
/** Turns the reading direction of all that follows, so that a sentence says something else on a screen than it holds. */
const TURNS = '\\u202a-\\u202e\\u2066-\\u2069'
/** And marks that only say which script a blank or a digit belongs to: right in a sentence, nothing in a name. */
const DIRECTIONS = `\\u061c\\u200e\\u200f${TURNS}`
/** Takes no room: two names that look the same would be different. Fillers, joiners, tags, interlinear marks, what a phone's dictation leaves. */
const INVISIBLES =
  '\\u00ad\\u034f\\u115f\\u1160\\u17b4\\u17b5\\u180b-\\u180f\\u200b-\\u200d\\u2060-\\u2065\\u206a-\\u206f\\u2800\\u3164\\ufeff\\uffa0\\ufff0-\\ufffc\\u{1bca0}-\\u{1bca3}\\u{1d173}-\\u{1d17a}\\u{e0000}-\\u{e0fff}'
/** A name stands in one line. */
const LINES = '\\t\\n\\r\\u2028\\u2029'

const NOT_IN_TEXT = new RegExp(`[${CONTROLS}${HALVES}${TURNS}]`, 'gu')
const NOT_IN_NAME = new RegExp(`[${CONTROLS}${HALVES}${DIRECTIONS}${INVISIBLES}${LINES}]`, 'gu')
/** 👨‍👩‍👧 is one picture, held together by joiners. */
const JOINED_PICTURES =
  /(?<=\p{Extended_Pictographic}[\ufe0f\u{1f3fb}-\u{1f3ff}]?)\u200d(?=\p{Extended_Pictographic})/gu

/** Blanks, fillers and what only changes the letter before it: a name or a reason of these alone is none. */
const SHOWS_NOTHING = new RegExp(`^[\\s\\p{Cc}\\p{Cf}\\p{M}${INVISIBLES}]*$`, 'u')

/** Whether anything of it can be seen. */
export function showsSomething(text: string): boolean {
  return !SHOWS_NOTHING.test(text)
}

/** Sentences, over several lines if need be. */
export function isPlainText(text: string): boolean {
  return text.search(NOT_IN_TEXT) < 0
}

/** One line that stands for somebody or something. */
export function isPlainName(text: string): boolean {
  return text.replace(JOINED_PICTURES, '').search(NOT_IN_NAME) < 0
}

/** For feeds and files: text of before there was this rule may still hold anything. */
export function plainText(text: string): string {
  return text.replace(NOT_IN_TEXT, '')
}

/** For what is typed or pasted as a name: nobody sees what is taken out. */
export function plainName(text: string): string {
  return text
    .split(JOINED_PICTURES)
    .map((part) => part.replace(/[\t\n\r\u2028\u2029]+/g, ' ').replace(NOT_IN_NAME, ''))
    .join('\u200d')
    .trim()
}
