/** What the desk is told of a picture that it brought. */
import * as v from 'valibot'
import { PICTURE_TYPES } from '../../domain/offers/picture.ts'

const side = v.pipe(v.number(), v.safeInteger(), v.minValue(1))

export const pictureBroughtSchema = v.strictObject({
  digest: v.string(),
  type: v.picklist(PICTURE_TYPES),
  width: side,
  height: side,
})

export type PictureBrought = v.InferOutput<typeof pictureBroughtSchema>
