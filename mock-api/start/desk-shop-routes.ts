/** The part of the route table that the desk's shops have: merchants, branches, tills, their money, vouchers by number, disputes. */
import type { Deps } from '../base/deps.ts'
import { json, nothing } from '../http/answer.ts'
import {
  decideDisputeRoute,
  findVoucherRoute,
  listDisputes,
  listStatements,
  listTakings,
  payStatement,
} from '../routes/desk/shop-money.ts'
import { shopWords as words } from '../routes/desk/shop-words.ts'
import {
  changeMerchantState,
  cutDeskTill,
  joinMerchant,
  listDeskTills,
  listMerchants,
  makeDeskTillCode,
  openBranchRoute,
} from '../routes/desk/shops.ts'
import type { App } from './app.ts'

const ops = '/api/v1/ops'
const merchant = `${ops}/merchants/:merchantId` as const
const branch = `${ops}/branches/:accountId` as const

export function addDeskShopRoutes(app: App, deps: Deps): void {
  app.get(`${ops}/merchants`, words.merchants, async (c) => json(await listMerchants(c, deps)))
  app.post(`${ops}/merchants`, words.join, (c) => nothing(c, joinMerchant(c, deps)))
  app.post(`${merchant}/branches`, words.branch, (c) => nothing(c, openBranchRoute(c, deps)))
  app.put(`${merchant}/state`, words.state, async (c) => c.json(await changeMerchantState(c, deps)))
  app.get(`${branch}/tills`, words.tills, async (c) => json(await listDeskTills(c, deps)))
  app.post(`${branch}/codes`, words.code, async (c) => json(await makeDeskTillCode(c, deps)))
  app.post(`${branch}/tills/:tillId/revoke`, words.cut, async (c) => json(await cutDeskTill(c, deps)))
  app.get(`${branch}/takings`, words.takings, async (c) => json(await listTakings(c, deps)))
  app.get(`${branch}/statements`, words.statements, async (c) => json(await listStatements(c, deps)))
  app.post(`${ops}/payouts`, words.pay, async (c) => json(await payStatement(c, deps)))
  app.get(`${ops}/vouchers`, words.voucher, async (c) => json(await findVoucherRoute(c, deps)))
  app.get(`${ops}/disputes`, words.disputes, async (c) => json(await listDisputes(c, deps)))
  app.post(`${ops}/disputes/:accountId/:voucherId`, words.decide, async (c) =>
    json(await decideDisputeRoute(c, deps)),
  )
}
