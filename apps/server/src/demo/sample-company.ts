import type { DemoModule } from './demo-record.ts'
import type { MavenCompany } from './load-maven.ts'
import { withDetails } from './sample/account-details.ts'
import { sampleActivities } from './sample/activities.ts'
import { sampleBudgets } from './sample/budgets.ts'
import { sampleContacts } from './sample/contacts.ts'
import type { DemoCompany } from './sample/demo-company.ts'
import { sampleCampaigns, sampleLeads } from './sample/marketing.ts'
import { sampleInstallations, sampleOrders, sampleQuotes } from './sample/sales-papers.ts'
import { sampleTickets } from './sample/tickets.ts'

/**
 * All records of the demonstration, the real ones and those grown out of them, a module after those that it looks up.
 * The same files and day give the same records.
 * @param today `YYYY-MM-DD`; tickets, campaigns, budgets and activities lie around it, deals keep the dates of the files
 */
export function sampleCompany(maven: MavenCompany, today: string): DemoModule[] {
  const accounts = maven.accounts.map(withDetails)
  const contacts = sampleContacts(accounts)
  const company: DemoCompany = { products: maven.products, accounts, deals: maven.deals, contacts, today }
  return [
    { module: 'products', records: maven.products },
    { module: 'accounts', records: accounts },
    { module: 'contacts', records: contacts },
    { module: 'campaigns', records: sampleCampaigns(company) },
    { module: 'leads', records: sampleLeads(company) },
    { module: 'deals', records: maven.deals },
    { module: 'quotes', records: sampleQuotes(company) },
    { module: 'orders', records: sampleOrders(company) },
    { module: 'installations', records: sampleInstallations(company) },
    { module: 'tickets', records: sampleTickets(company) },
    { module: 'activities', records: sampleActivities(company) },
    { module: 'budgets', records: sampleBudgets(company) },
  ]
}
