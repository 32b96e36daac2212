// On foot one keeps one's pace: nobody walks half as fast again for some seconds and then as before. Where the way says so, the receiver glided aside.

interface PacedStep {
  readonly metres: number
  readonly seconds: number
}

const PIECE_SECONDS = 12
const FASTER = 1.45 // than the middle one of all pieces
const LEFT = 1.2 // of it: so fast one may have been, the rest was the receiver
const PIECES_MAX = 3 // in a row: who is as fast for longer runs
const SLACK = 2 // deviations of a fix that a piece may be longer by
const PIECES_MIN = 10

/** Metres of those steps that no pace explains. `deviation`: metres that a fix may be off. */
export function beyondUsualPace(steps: readonly PacedStep[], deviation: number): number {
  const pieces: { metres: number; seconds: number }[] = []
  for (const { metres, seconds } of steps) {
    const last = pieces.at(-1)
    if (!last || last.seconds >= PIECE_SECONDS) pieces.push({ metres, seconds })
    else {
      last.metres += metres
      last.seconds += seconds
    }
  }
  if (pieces.length < PIECES_MIN) return 0
  const speeds = pieces.map(({ metres, seconds }) => metres / seconds).sort((a, b) => a - b)
  const usual = speeds[speeds.length >> 1]!
  const most = FASTER * usual + (SLACK * deviation) / PIECE_SECONDS
  let [beyond, row] = [0, [] as number[]]
  const end = () => {
    if (row.length <= PIECES_MAX) for (const metres of row) beyond += metres
    row = []
  }
  for (const { metres, seconds } of pieces) {
    if (metres > most * seconds) row.push(metres - LEFT * usual * seconds)
    else end()
  }
  end()
  return beyond
}
