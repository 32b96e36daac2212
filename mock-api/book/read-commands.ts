/** The texts of a batch, each on its own: a command in its canonical form, or something that is put off without stopping the others. */
import { parseCommand } from '../../src/contract/command.ts'
import { COMMAND_BYTES_MAX } from '../../src/contract/limits.ts'
import type { CommandId } from '../../src/domain/base/ids.ts'
import type { Command } from '../../src/domain/ledger/command.ts'
import { canonicalJson } from '../../src/proof/canonical.ts'
import { sha256Hex } from '../base/hash.ts'
import { breathe } from './breathe.ts'

export type ReadCommand =
  | { readonly command: Command; readonly text: string; readonly digest: string }
  /** The id as far as one can be made out, for the device to find its row. */
  | { readonly command?: undefined; readonly id: CommandId }

/** An id is a uuid; whatever else stands in its place is not sent back at length. */
const ECHO_MAX = 64

export async function readCommands(texts: readonly string[]): Promise<ReadCommand[]> {
  const read: ReadCommand[] = []
  for (const text of texts) await breathe(read.push(readCommand(text)))
  return read
}

function readCommand(text: string): ReadCommand {
  const command = Buffer.byteLength(text) <= COMMAND_BYTES_MAX ? parseCommand(text) : undefined
  // Only the canonical text is hashed the same by everybody; another writing of the same command would be a second one.
  if (!command || canonicalJson(command) !== text) return { id: idIn(text) }
  return { command, text, digest: sha256Hex(text) }
}

function idIn(text: string): CommandId {
  try {
    const { id } = JSON.parse(text) as { id?: unknown }
    return (typeof id === 'string' ? id.slice(0, ECHO_MAX) : '') as CommandId
  } catch {
    return '' as CommandId
  }
}
