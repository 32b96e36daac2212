/** What the OpenAPI document says of pictures of offers. */
import { pictureBroughtSchema } from '../../src/contract/desk/pictures.ts'
import { PICTURE_TYPES } from '../../src/domain/offers/picture.ts'
import { describe } from './describe.ts'
import { catalog, ops } from './words.ts'

export const pictureWords = {
  picture: describe({
    ...catalog,
    summary: 'The picture of an offer',
    params: ['digest'],
    media: PICTURE_TYPES,
    problems: ['not_found'],
  }),
  bring: describe({
    ...ops,
    summary: 'Bring a picture for an offer',
    bodyMedia: PICTURE_TYPES,
    answer: pictureBroughtSchema,
    problems: [...ops.problems, 'origin_refused', 'too_many_requests'],
  }),
  brought: describe({
    ...ops,
    summary: 'A picture that was brought to the desk',
    params: ['digest'],
    media: PICTURE_TYPES,
  }),
} as const
