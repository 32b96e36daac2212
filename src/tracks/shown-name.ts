// A file's name, which is somebody else's words in the middle of ours.
import { NAME_LENGTH_MAX } from './track.ts'

/** Without control, zero-width and direction characters, which could make the sentence around it say something else. */
export function shownName(name: string): string {
  return [...name.replaceAll(/\p{C}/gu, '')].slice(0, NAME_LENGTH_MAX).join('')
}
