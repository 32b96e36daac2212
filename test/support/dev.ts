/** `npm run dev`: the backend with sample data on its port, and Vite before it. FAULTS=1 makes the backend's network rough. */
import { spawn } from 'node:child_process'

const backend = spawn(process.execPath, ['--watch', 'mock-api/main.ts'], { stdio: 'inherit' })
const vite = spawn(process.execPath, ['node_modules/vite/bin/vite.js', '--host', '127.0.0.1'], {
  stdio: 'inherit',
})

function stop(): void {
  backend.kill('SIGTERM')
  vite.kill('SIGTERM')
}

for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, stop)
for (const child of [backend, vite]) child.once('exit', stop)
