/** Commands decided in one go: some ten milliseconds on a slow phone. Hardly anybody ever has more waiting, and then nothing comes in slices. */
export const AT_ONCE = 100
