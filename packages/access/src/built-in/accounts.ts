import type { ModuleDefinition } from '../document.ts'
import { named, option } from './named.ts'
import { RATINGS, SOURCES } from './shared-options.ts'

export const accounts: ModuleDefinition = {
  name: named('Account', 'Asiakas', 'Kund', 'حساب', '客户'),
  plural: named('Accounts', 'Asiakkaat', 'Kunder', 'الحسابات', '客户'),
  fields: {
    name: {
      type: 'text',
      name: named('Name', 'Nimi', 'Namn', 'الاسم', '名称'),
      required: true,
      title: true,
      indexed: true,
    },
    accountNumber: {
      type: 'text',
      name: named('Account number', 'Asiakasnumero', 'Kundnummer', 'رقم الحساب', '客户编号'),
      indexed: true,
    },
    type: {
      type: 'choice',
      name: named('Type', 'Tyyppi', 'Typ', 'النوع', '类型'),
      options: [
        option('Prospect', 'Mahdollinen asiakas', 'Prospekt', 'عميل محتمل', '潜在客户'),
        option('Customer', 'Asiakas', 'Kund', 'عميل', '客户'),
        option('Former Customer', 'Entinen asiakas', 'Tidigare kund', 'عميل سابق', '前客户'),
        option('Partner', 'Kumppani', 'Partner', 'شريك', '合作伙伴'),
        option('Installation Partner', 'Asennuskumppani', 'Installationspartner', 'شريك تركيب', '安装合作伙伴'),
        option('Reseller', 'Jälleenmyyjä', 'Återförsäljare', 'موزع', '经销商'),
        option('Supplier', 'Toimittaja', 'Leverantör', 'مورد', '供应商'),
        option('Competitor', 'Kilpailija', 'Konkurrent', 'منافس', '竞争对手'),
        option('Other', 'Muu', 'Annat', 'أخرى', '其他'),
      ],
    },
    industry: { type: 'text', name: named('Industry', 'Toimiala', 'Bransch', 'القطاع', '行业'), indexed: true },
    website: { type: 'url', name: named('Website', 'Verkkosivusto', 'Webbplats', 'الموقع الإلكتروني', '网站') },
    phone: { type: 'phone', name: named('Phone', 'Puhelin', 'Telefon', 'الهاتف', '电话'), indexed: true },
    fax: { type: 'phone', name: named('Fax', 'Faksi', 'Fax', 'الفاكس', '传真') },
    email: {
      type: 'email',
      name: named('E-mail', 'Sähköposti', 'E-post', 'البريد الإلكتروني', '电子邮件'),
      indexed: true,
    },
    revenue: {
      type: 'money',
      name: named('Annual revenue', 'Liikevaihto', 'Årsomsättning', 'الإيرادات السنوية', '年收入'),
    },
    employees: {
      type: 'integer',
      name: named('Employees', 'Työntekijöitä', 'Antal anställda', 'عدد الموظفين', '员工人数'),
    },
    founded: { type: 'integer', name: named('Founded', 'Perustamisvuosi', 'Grundat', 'سنة التأسيس', '成立年份') },
    country: { type: 'text', name: named('Country', 'Maa', 'Land', 'البلد', '国家'), indexed: true },
    parentAccount: {
      type: 'lookup',
      name: named('Parent account', 'Emoyhtiö', 'Moderbolag', 'الحساب الأم', '母公司'),
      module: 'accounts',
      indexed: true,
    },
    ownership: {
      type: 'choice',
      name: named('Ownership', 'Omistusmuoto', 'Ägarform', 'نوع الملكية', '所有制'),
      options: [
        option('Public', 'Pörssiyhtiö', 'Börsnoterat', 'مساهمة عامة', '上市'),
        option('Private', 'Yksityinen', 'Privat', 'خاصة', '私营'),
        option('Subsidiary', 'Tytäryhtiö', 'Dotterbolag', 'تابعة', '子公司'),
        option('Government', 'Julkishallinto', 'Offentlig sektor', 'حكومية', '政府'),
        option('Other', 'Muu', 'Annat', 'أخرى', '其他'),
      ],
    },
    tickerSymbol: { type: 'text', name: named('Ticker symbol', 'Pörssitunnus', 'Börssymbol', 'رمز السهم', '股票代码') },
    sicCode: { type: 'text', name: named('Industry code', 'Toimialakoodi', 'Branschkod', 'رمز القطاع', '行业代码') },
    taxNumber: { type: 'text', name: named('Tax number', 'Y-tunnus', 'Organisationsnummer', 'الرقم الضريبي', '税号') },
    rating: { type: 'choice', name: named('Rating', 'Luokitus', 'Betyg', 'التصنيف', '评级'), options: RATINGS },
    source: { type: 'choice', name: named('Source', 'Lähde', 'Källa', 'المصدر', '来源'), options: SOURCES },
    site: { type: 'text', name: named('Site', 'Toimipiste', 'Verksamhetsställe', 'الموقع', '网点') },
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
