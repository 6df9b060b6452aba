export const LANGUAGES = ['en', 'fi', 'sv', 'ar', 'zh-Hans'] as const
export type Language = (typeof LANGUAGES)[number]

/** What the paper says itself; names of modules and fields are the policy's own. */
interface Words {
  readonly customer: string
  readonly item: string
  readonly quantity: string
  readonly unitPrice: string
  readonly discount: string
  readonly taxPercent: string
  readonly sum: string
  readonly subtotal: string
  readonly tax: string
  readonly shipping: string
  readonly total: string
  page(page: string, of: string): string
}

export const WORDS: Readonly<Record<Language, Words>> = {
  en: {
    customer: 'Customer',
    item: 'Item',
    quantity: 'Quantity',
    unitPrice: 'Unit price',
    discount: 'Discount',
    taxPercent: 'Tax %',
    sum: 'Net',
    subtotal: 'Subtotal',
    tax: 'Tax',
    shipping: 'Shipping',
    total: 'Total',
    page: (page, of) => `Page ${page} of ${of}`,
  },
  fi: {
    customer: 'Asiakas',
    item: 'Nimike',
    quantity: 'Määrä',
    unitPrice: 'Yksikköhinta',
    discount: 'Alennus',
    taxPercent: 'Vero %',
    sum: 'Netto',
    subtotal: 'Välisumma',
    tax: 'Vero',
    shipping: 'Toimituskulut',
    total: 'Yhteensä',
    page: (page, of) => `Sivu ${page}/${of}`,
  },
  sv: {
    customer: 'Kund',
    item: 'Artikel',
    quantity: 'Antal',
    unitPrice: 'À-pris',
    discount: 'Rabatt',
    taxPercent: 'Moms %',
    sum: 'Netto',
    subtotal: 'Delsumma',
    tax: 'Moms',
    shipping: 'Frakt',
    total: 'Totalt',
    page: (page, of) => `Sida ${page} av ${of}`,
  },
  ar: {
    customer: 'العميل',
    item: 'الصنف',
    quantity: 'الكمية',
    unitPrice: 'سعر الوحدة',
    discount: 'الخصم',
    taxPercent: 'الضريبة ٪',
    sum: 'الصافي',
    subtotal: 'المجموع الفرعي',
    tax: 'الضريبة',
    shipping: 'الشحن',
    total: 'الإجمالي',
    page: (page, of) => `صفحة ${page} من ${of}`,
  },
  'zh-Hans': {
    customer: '客户',
    item: '项目',
    quantity: '数量',
    unitPrice: '单价',
    discount: '折扣',
    taxPercent: '税率',
    sum: '净额',
    subtotal: '小计',
    tax: '税额',
    shipping: '运费',
    total: '合计',
    page: (page, of) => `第 ${page} 页，共 ${of} 页`,
  },
}
