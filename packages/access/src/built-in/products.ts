import type { ModuleDefinition } from '../document.ts'
import { named } from './named.ts'

export const products: ModuleDefinition = {
  name: named('Product', 'Tuote', 'Produkt', 'منتج', '产品'),
  plural: named('Products', 'Tuotteet', 'Produkter', 'المنتجات', '产品'),
  fields: {
    name: {
      type: 'text',
      name: named('Name', 'Nimi', 'Namn', 'الاسم', '名称'),
      required: true,
      title: true,
      indexed: true,
    },
    code: { type: 'text', name: named('Code', 'Koodi', 'Kod', 'الرمز', '编码'), indexed: true },
    series: { type: 'text', name: named('Series', 'Sarja', 'Serie', 'السلسلة', '系列'), indexed: true },
    category: { type: 'text', name: named('Category', 'Luokka', 'Kategori', 'الفئة', '类别'), indexed: true },
    price: { type: 'money', name: named('Price', 'Hinta', 'Pris', 'السعر', '价格') },
    cost: { type: 'money', name: named('Cost', 'Kustannus', 'Kostnad', 'التكلفة', '成本') },
    taxRate: { type: 'percent', name: named('Tax rate', 'Verokanta', 'Skattesats', 'نسبة الضريبة', '税率') },
    unit: { type: 'text', name: named('Unit', 'Yksikkö', 'Enhet', 'الوحدة', '单位') },
    active: { type: 'boolean', name: named('Active', 'Käytössä', 'Aktiv', 'نشط', '启用'), default: true },
    stock: { type: 'integer', name: named('In stock', 'Varastossa', 'I lager', 'في المخزون', '库存') },
    manufacturer: {
      type: 'text',
      name: named('Manufacturer', 'Valmistaja', 'Tillverkare', 'الشركة المصنعة', '制造商'),
    },
    salesStart: { type: 'date', name: named('Sold from', 'Myynti alkaa', 'Säljs från', 'بدء البيع', '开售日期') },
    salesEnd: { type: 'date', name: named('Sold until', 'Myynti päättyy', 'Säljs till', 'نهاية البيع', '停售日期') },
    description: { type: 'longText', name: named('Description', 'Kuvaus', 'Beskrivning', 'الوصف', '描述') },
  },
}
