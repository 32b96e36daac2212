/** Limits of the wire, each with its reason. Both sides know them, so that a device never sends what the backend will not take. */

/** Commands a batch: what a handful of statements insert in well under a second on a small machine. */
export const BATCH_COMMANDS_MAX = 500
/** Bytes of a batch before compression: the body limit of common gateways is 1 MB. */
export const BATCH_BYTES_MAX = 512 * 1024
/** Records a page. */
export const PAGE_RECORDS_MAX = 1000
/** Bytes of one command's text: a note, a summary and ids fit many times over. */
export const COMMAND_BYTES_MAX = 8 * 1024
export const PHONE_PATTERN = /^1[3-9]\d{9}$/
export const CODE_PATTERN = /^\d{6}$/
