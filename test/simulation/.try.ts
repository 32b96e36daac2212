import { simulate } from '/tmp/wt/sim/test/simulation/simulate.ts'
const [first, count, steps, ...rooms] = process.argv.slice(2)
const sab = process.env.SAB
const totals = {}
let failed = 0
for (let s = Number(first); s < Number(first)+Number(count); s++) {
  const t = Date.now()
  try {
    const r = await simulate(s, { steps: Number(steps), hardships: rooms[0]==='all' ? true : rooms, ...(sab ? {sabotage: sab} : {}) })
    for (const [k,v] of Object.entries(r.hardships)) if (v) totals[k]=(totals[k]??0)+v
    console.log(s, 'ok', Date.now()-t)
  } catch (e) { failed++; console.log(s, 'FAILED', Date.now()-t, e?.stack?.split('\n').slice(0, Number(process.env.N ?? 6)).join('\n'), e?.inner?.stack?.split('\n').slice(0,8).join('\n') ?? '', e?.cause ?? '') ; if (process.env.STOP) break }
}
console.log('failed', failed, totals)
process.exit(0)
