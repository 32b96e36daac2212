/** Files that were chosen and have not arrived yet, as text: so a draft keeps them as it keeps what is typed. */

/** Read as text; what is in it is for its form to say. */
export interface ChosenFile {
  readonly name: string
  readonly text: string
}

/** Small by now: a third more than its bytes. */
export interface ChosenPicture {
  readonly type: string
  readonly base64: string
}

/** Undefined: none was chosen, or it is no JSON. */
export function jsonIn(file: ChosenFile | null): unknown {
  try {
    return file ? (JSON.parse(file.text) as unknown) : undefined
  } catch {
    return undefined
  }
}

export async function chosenPicture(blob: Blob): Promise<ChosenPicture> {
  const bytes = new Uint8Array(await blob.arrayBuffer())
  let binary = ''
  for (const byte of bytes) binary += String.fromCharCode(byte)
  return { type: blob.type, base64: btoa(binary) }
}

export function blobOf({ type, base64 }: ChosenPicture): Blob {
  return new Blob([Uint8Array.from(atob(base64), (sign) => sign.charCodeAt(0))], { type })
}
