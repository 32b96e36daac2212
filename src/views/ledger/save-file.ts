/** Hands a file made on the phone to the browser's downloads. */
import type { FileOut } from '../../stores/entry-details.ts'

/** Long enough for the slowest browser to have begun reading. */
const releaseMs = 60_000

export function saveFile({ name, blob }: FileOut): void {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(blob)
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(link.href), releaseMs)
}
