/** Loaded before a backend that is a process of its own (`node --import`): its clock is ahead by CLOCK_AHEAD_MS, and runs on from there. */
const ahead = Number(process.env.CLOCK_AHEAD_MS ?? 0)
const real = Date.now

Date.now = () => real() + ahead
globalThis.Date = new Proxy(Date, {
  construct: (date, given: [] | [number], target) =>
    Reflect.construct(date, given.length === 0 ? [Date.now()] : given, target),
})

export {}
