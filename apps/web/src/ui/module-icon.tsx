import {
  IconActivity,
  IconAddressBook,
  IconBox,
  IconBuilding,
  IconCalculator,
  IconFileDollar,
  IconLifebuoy,
  IconPackage,
  IconSparkles,
  IconSpeakerphone,
  IconTargetArrow,
  IconTruckDelivery,
} from '@tabler/icons-react'

const ICONS: Readonly<Record<string, typeof IconBox>> = {
  accounts: IconBuilding,
  contacts: IconAddressBook,
  leads: IconSparkles,
  deals: IconTargetArrow,
  activities: IconActivity,
  tickets: IconLifebuoy,
  campaigns: IconSpeakerphone,
  products: IconPackage,
  quotes: IconFileDollar,
  orders: IconTruckDelivery,
  budgets: IconCalculator,
}

/** The sign of a module; modules of the customer's own share one. Decoration beside its name. */
export function ModuleIcon({ module, size = 18 }: { readonly module: string; readonly size?: number }) {
  const Icon = ICONS[module] ?? IconBox
  return <Icon size={size} stroke={1.6} aria-hidden />
}
