/** Packs what is sent: commands say the same words again and again, and an upload is the slow direction of a phone. */

/** Undefined where the browser has no CompressionStream. */
export const gzip =
  typeof CompressionStream === 'undefined'
    ? undefined
    : async (text: string): Promise<Uint8Array<ArrayBuffer>> => {
        const packed = new Blob([text]).stream().pipeThrough(new CompressionStream('gzip'))
        return new Uint8Array(await new Response(packed).arrayBuffer())
      }
