import type { ModuleDefinition } from '../document.ts'
import { named, option } from './named.ts'

export const orders: ModuleDefinition = {
  name: named('Order', 'Tilaus', 'Order', 'طلب', '订单'),
  plural: named('Orders', 'Tilaukset', 'Ordrar', 'الطلبات', '订单'),
  fields: {
    name: {
      type: 'text',
      name: named('Name', 'Nimi', 'Namn', 'الاسم', '名称'),
      required: true,
      title: true,
      indexed: true,
    },
    number: { type: 'autoNumber', name: named('Number', 'Numero', 'Nummer', 'الرقم', '编号'), indexed: true },
    account: {
      type: 'lookup',
      name: named('Account', 'Asiakas', 'Kund', 'الحساب', '客户'),
      module: 'accounts',
      indexed: true,
    },
    contact: {
      type: 'lookup',
      name: named('Contact', 'Yhteyshenkilö', 'Kontakt', 'جهة الاتصال', '联系人'),
      module: 'contacts',
      indexed: true,
    },
    deal: { type: 'lookup', name: named('Deal', 'Kauppa', 'Affär', 'الصفقة', '商机'), module: 'deals', indexed: true },
    quote: {
      type: 'lookup',
      name: named('Quote', 'Tarjous', 'Offert', 'عرض السعر', '报价'),
      module: 'quotes',
      indexed: true,
    },
    product: {
      type: 'lookup',
      name: named('Product', 'Tuote', 'Produkt', 'المنتج', '产品'),
      module: 'products',
      indexed: true,
    },
    status: {
      type: 'choice',
      name: named('Status', 'Tila', 'Status', 'الحالة', '状态'),
      options: [
        option('Draft', 'Luonnos', 'Utkast', 'مسودة', '草稿'),
        option('Confirmed', 'Vahvistettu', 'Bekräftad', 'مؤكد', '已确认'),
        option('In Production', 'Tuotannossa', 'I produktion', 'قيد الإنتاج', '生产中'),
        option('Shipped', 'Lähetetty', 'Skickad', 'تم الشحن', '已发货'),
        option('Delivered', 'Toimitettu', 'Levererad', 'تم التسليم', '已交付'),
        option('Invoiced', 'Laskutettu', 'Fakturerad', 'مفوتر', '已开票'),
        option('Paid', 'Maksettu', 'Betald', 'مدفوع', '已付款'),
        option('Cancelled', 'Peruttu', 'Annullerad', 'ملغى', '已取消'),
      ],
      default: 'Draft',
      indexed: true,
    },
    amount: { type: 'money', name: named('Amount', 'Summa', 'Belopp', 'المبلغ', '金额'), indexed: true },
    currency: { type: 'text', name: named('Currency', 'Valuutta', 'Valuta', 'العملة', '币种'), default: 'EUR' },
    discount: { type: 'percent', name: named('Discount', 'Alennus', 'Rabatt', 'الخصم', '折扣') },
    tax: { type: 'money', name: named('Tax', 'Vero', 'Skatt', 'الضريبة', '税额') },
    shippingCost: {
      type: 'money',
      name: named('Shipping cost', 'Toimituskulut', 'Fraktkostnad', 'تكلفة الشحن', '运费'),
    },
    quantity: { type: 'number', name: named('Quantity', 'Määrä', 'Antal', 'الكمية', '数量') },
    orderDate: {
      type: 'date',
      name: named('Order date', 'Tilauspäivä', 'Orderdatum', 'تاريخ الطلب', '订单日期'),
      indexed: true,
    },
    deliveryDate: {
      type: 'date',
      name: named('Delivery date', 'Toimituspäivä', 'Leveransdatum', 'تاريخ التسليم', '交付日期'),
      indexed: true,
    },
    customerReference: {
      type: 'text',
      name: named('Customer’s reference', 'Asiakkaan viite', 'Kundens referens', 'مرجع العميل', '客户参考号'),
      indexed: true,
    },
    paymentTerms: {
      type: 'text',
      name: named('Payment terms', 'Maksuehto', 'Betalningsvillkor', 'شروط الدفع', '付款条件'),
    },
    billingStreet: {
      type: 'text',
      name: named('Billing street', 'Laskutuksen katuosoite', 'Fakturans gatuadress', 'الشارع للفوترة', '账单街道'),
    },
    billingCity: {
      type: 'text',
      name: named('Billing city', 'Laskutuksen kaupunki', 'Fakturans ort', 'المدينة للفوترة', '账单城市'),
    },
    billingState: {
      type: 'text',
      name: named(
        'Billing state',
        'Laskutuksen osavaltio tai maakunta',
        'Fakturans delstat eller län',
        'الولاية للفوترة',
        '账单省/州',
      ),
    },
    billingPostalCode: {
      type: 'text',
      name: named(
        'Billing postal code',
        'Laskutuksen postinumero',
        'Fakturans postnummer',
        'الرمز البريدي للفوترة',
        '账单邮政编码',
      ),
    },
    billingCountry: {
      type: 'text',
      name: named('Billing country', 'Laskutuksen maa', 'Fakturans land', 'البلد للفوترة', '账单国家'),
    },
    shippingStreet: {
      type: 'text',
      name: named('Shipping street', 'Toimituksen katuosoite', 'Leveransens gatuadress', 'الشارع للشحن', '收货街道'),
    },
    shippingCity: {
      type: 'text',
      name: named('Shipping city', 'Toimituksen kaupunki', 'Leveransens ort', 'المدينة للشحن', '收货城市'),
    },
    shippingState: {
      type: 'text',
      name: named(
        'Shipping state',
        'Toimituksen osavaltio tai maakunta',
        'Leveransens delstat eller län',
        'الولاية للشحن',
        '收货省/州',
      ),
    },
    shippingPostalCode: {
      type: 'text',
      name: named(
        'Shipping postal code',
        'Toimituksen postinumero',
        'Leveransens postnummer',
        'الرمز البريدي للشحن',
        '收货邮政编码',
      ),
    },
    shippingCountry: {
      type: 'text',
      name: named('Shipping country', 'Toimituksen maa', 'Leveransens land', 'البلد للشحن', '收货国家'),
    },
    description: { type: 'longText', name: named('Description', 'Kuvaus', 'Beskrivning', 'الوصف', '描述') },
  },
}
