/** Hands a file to the person: as a download, or to another app where the browser can share files. */

export interface NamedFile {
  readonly name: string
  readonly blob: Blob
}

/** The address has to live until the browser has begun to read it, and nobody tells when. */
const KEEP_MS = 60_000

export function saveFile({ name, blob }: NamedFile): void {
  const url = URL.createObjectURL(blob)
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(url), KEEP_MS)
}

export function canShareFile({ name, blob }: NamedFile): boolean {
  if (typeof navigator.canShare !== 'function') return false
  return navigator.canShare({ files: [new File([blob], name, { type: blob.type })] })
}

/** False when the person closed the sheet. Has to be called from a press: the browser asks for one. */
export async function shareFile({ name, blob }: NamedFile): Promise<boolean> {
  try {
    await navigator.share({ files: [new File([blob], name, { type: blob.type })] })
    return true
  } catch {
    return false
  }
}
