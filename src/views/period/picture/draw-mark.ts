/** The app's mark, as in public/favicon.svg: a trace that branches like a leaf, on green in light and dark alike. */

const GREEN = '#0b7249'
const PALE = '#7fd3a8'
const WHITE = '#fff'
/** Of the icon's own drawing. */
const SIDE = 464
const CORNER = 24

export function drawMark(
  context: CanvasRenderingContext2D,
  { x, y, size }: { x: number; y: number; size: number },
): void {
  context.save()
  context.translate(x, y)
  context.scale(size / SIDE, size / SIDE)
  context.translate(-CORNER, -CORNER)
  context.lineCap = 'round'
  context.lineJoin = 'round'
  context.fillStyle = GREEN
  context.fill(
    new Path2D(
      'M130 24h252a106 106 0 0 1 106 106v252a106 106 0 0 1-106 106H130A106 106 0 0 1 24 382V130A106 106 0 0 1 130 24Z',
    ),
  )
  stroke(context, 'M226 372C352 380 416 296 402 138', PALE, 30)
  stroke(context, 'M122 262c46 12 80 52 104 110 22-108 82-190 176-234', WHITE, 44)
  dot(context, 40, WHITE)
  dot(context, 17, GREEN)
  context.restore()
}

function stroke(context: CanvasRenderingContext2D, path: string, colour: string, width: number): void {
  context.strokeStyle = colour
  context.lineWidth = width
  context.stroke(new Path2D(path))
}

/** Where the trace begins. */
function dot(context: CanvasRenderingContext2D, radius: number, colour: string): void {
  context.fillStyle = colour
  context.beginPath()
  context.arc(122, 262, radius, 0, 2 * Math.PI)
  context.fill()
}
