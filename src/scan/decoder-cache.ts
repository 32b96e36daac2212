/** Where the decoder is kept: nothing of a person, so it stays when one signs out. */
export const DECODER_CACHE = 'greentrace-decoder'
