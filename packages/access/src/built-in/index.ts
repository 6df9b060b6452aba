import type { ModuleCatalogue } from '../document.ts'
import { accounts } from './accounts.ts'
import { activities } from './activities.ts'
import { budgets } from './budgets.ts'
import { campaigns } from './campaigns.ts'
import { contacts } from './contacts.ts'
import { deals } from './deals.ts'
import { leads } from './leads.ts'
import { orders } from './orders.ts'
import { products } from './products.ts'
import { quotes } from './quotes.ts'
import { tickets } from './tickets.ts'

/**
 * The eleven modules that every organization has from the start. A policy document may change their sharing, their parent
 * and their fields' handling, and add fields; it can't drop what stands here.
 */
export const BUILT_IN_MODULES: ModuleCatalogue = {
  accounts,
  contacts,
  leads,
  deals,
  activities,
  tickets,
  campaigns,
  products,
  quotes,
  orders,
  budgets,
}
