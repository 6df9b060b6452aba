import { addDays, type OwnerRef } from '@bailiwick/access'
import { type DemoRecord, keyOf, refer } from '../demo-record.ts'
import { phoneOf } from './account-details.ts'
import type { DemoCompany } from './demo-company.ts'
import { personOf } from './people-names.ts'
import { chance, pick, pickBetween } from './pick.ts'

const TEAM: OwnerRef = 'team:marketing'

/** Name, type, status, first day (from today), length in days, planned cost, owner. */
const CAMPAIGNS: readonly (readonly [string, string, string, number, number, number, OwnerRef])[] = [
  ['GTX Pro trade-in', 'E-mail', 'Completed', -210, 60, 12_000, TEAM],
  ['Hardware days Chicago', 'Trade Show', 'Completed', -120, 3, 85_000, TEAM],
  ['Server rooms that stay cool', 'Webinar', 'Active', -20, 45, 6500, TEAM],
  ['MG series for small offices', 'Social Media', 'Active', -35, 90, 18_000, TEAM],
  ['Ask your neighbor: reference visits', 'Event', 'Active', -10, 60, 9000, TEAM],
  ['Letters to former customers', 'Direct Mail', 'Paused', -60, 120, 4200, 'user:marcus-obi'],
  ['GTK launch, West coast', 'Event', 'Planned', 40, 2, 60_000, TEAM],
  ['Resellers’ summit', 'Partners', 'Planned', 75, 2, 40_000, 'user:sofie-berg'],
  ['Billboards at the airport', 'Advertisement', 'Cancelled', -30, 60, 55_000, TEAM],
]

export function sampleCampaigns({ today }: DemoCompany): DemoRecord[] {
  return CAMPAIGNS.map(([name, type, status, from, days, cost, owner]) => ({
    externalId: keyOf(name),
    owner,
    values: {
      name,
      type,
      status,
      startDate: addDays(today, from),
      endDate: addDays(today, from + days),
      budgetedCost: cost,
      actualCost: actualCost(status, cost),
      expectedRevenue: cost * 6,
      sent: status === 'Planned' ? null : pickBetween(300, 9000, `${name} sent`),
      responses: status === 'Planned' ? null : pickBetween(20, 280, `${name} responses`),
    },
  }))
}

function actualCost(status: string, cost: number): number | null {
  if (status === 'Planned') return null
  return Math.round(cost * (status === 'Completed' ? 1.08 : 0.4))
}

const COMPANIES =
  'Northgate Clinics,Blue Heron Books,Summit Freight,Lakeside Dental,Tallgrass Foods,Ironwood Tools,Harborlight Hotels,Cedar Point Schools,Redline Motors,Quiet Valley Farms,Alder & Finch,Sunrise Bakeries,Copperfield Law,Granite State Insurance,Willow Creek Spa,Beacon Analytics,Prairie Wind Energy,Stonebridge Labs,Maple Street Studio,Riverbend Logistics,Juniper Health,Keystone Printing,Falcon Courier,Silver Birch Furniture'.split(
    ',',
  )
const STATUSES = ['New', 'New', 'Contacted', 'Working', 'Nurturing', 'Qualified', 'Unqualified'] as const
const LEAD_OWNERS: readonly OwnerRef[] = [TEAM, TEAM, 'user:carol-thompson', 'user:mei-mei-johns', 'user:sofie-berg']

/** People who answered a campaign. Most wait in marketing's pool. */
export function sampleLeads(company: DemoCompany): DemoRecord[] {
  return COMPANIES.map((name) => {
    const externalId = `lead-${keyOf(name)}`
    const person = personOf(externalId)
    return {
      externalId,
      owner: pick(LEAD_OWNERS, externalId),
      values: {
        ...person,
        company: name,
        status: pick(STATUSES, `${externalId} status`),
        source: pick(['Website', 'Webinar', 'Trade Show', 'Social Media', 'Advertisement'], `${externalId} source`),
        type: 'Business',
        rating: pick(['Hot', 'Warm', 'Cold'], `${externalId} rating`),
        score: pickBetween(5, 95, externalId),
        email: `${keyOf(person.firstName)}@${keyOf(name)}.example`,
        phone: phoneOf(externalId),
        employees: pickBetween(8, 900, `${externalId} employees`),
        country: 'United States',
        emailOptOut: chance(15, `${externalId} opted out`),
      },
      lookups: {
        campaign: refer('campaigns', keyOf(pick(CAMPAIGNS.slice(0, 5), `${externalId} campaign`)[0])),
        product: refer('products', pick(company.products, externalId).externalId),
      },
    }
  })
}
