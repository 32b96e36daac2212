/** All by which the open ledger's store tells what is expected. It comes with the rules: to what is confirmed, nothing of it is of use. */
import { estimatingOf } from './estimating.ts'
import { usePreviewWorld } from './preview-world.ts'
import { useProjecting } from './projecting.ts'

type Given = Parameters<typeof estimatingOf>[0] &
  Parameters<typeof usePreviewWorld>[0] &
  Pick<Parameters<typeof useProjecting>[0], 'lookUp'>

export function useExpecting(given: Given) {
  const worldOf = usePreviewWorld(given)
  return {
    /** What waiting commands are decided by; undefined for as long as that is being read. */
    world: () => worldOf(given.packAt),
    project: useProjecting(given).next,
    ...estimatingOf(given),
  }
}
