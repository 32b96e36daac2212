/** Runs once the screen has been painted as it stands now; answers what `cancelAnimationFrame` takes while it still waits for the first frame. */
export function afterPaint(run: () => void): number {
  return requestAnimationFrame(() => setTimeout(run))
}
