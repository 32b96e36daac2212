/** The SMS gateway. Only the simulated one exists here: it keeps the last message of each phone for the demo to show. */
import type { Deps } from '../base/deps.ts'
import { CODE_VALID_MS } from '../base/limits.ts'
import { putSms } from '../storage/phones.ts'

export async function sendCode(deps: Deps, phone: string, code: string): Promise<void> {
  const minutes = CODE_VALID_MS / 60_000
  const text = `【示例】绿迹验证码 ${code}，${minutes} 分钟内有效。这是模拟短信，没有发到任何手机。`
  await putSms(deps.db, deps.secret.phoneKey(phone), { text, code, sentAt: deps.now() })
}
