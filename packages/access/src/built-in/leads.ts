import type { ModuleDefinition } from '../document.ts'
import { named, option } from './named.ts'
import { RATINGS, SALUTATIONS, SOURCES } from './shared-options.ts'

export const leads: ModuleDefinition = {
  name: named('Lead', 'Liidi', 'Lead', 'عميل محتمل', '线索'),
  plural: named('Leads', 'Liidit', 'Leads', 'العملاء المحتملون', '线索'),
  fields: {
    name: {
      type: 'text',
      name: named('Name', 'Nimi', 'Namn', 'الاسم', '姓名'),
      required: true,
      title: true,
      indexed: true,
    },
    salutation: {
      type: 'choice',
      name: named('Salutation', 'Puhuttelu', 'Tilltal', 'اللقب', '称谓'),
      options: SALUTATIONS,
    },
    firstName: { type: 'text', name: named('First name', 'Etunimi', 'Förnamn', 'الاسم الأول', '名') },
    lastName: { type: 'text', name: named('Last name', 'Sukunimi', 'Efternamn', 'اسم العائلة', '姓'), indexed: true },
    company: { type: 'text', name: named('Company', 'Yritys', 'Företag', 'الشركة', '公司'), indexed: true },
    jobTitle: { type: 'text', name: named('Job title', 'Tehtävänimike', 'Titel', 'المسمى الوظيفي', '职位') },
    status: {
      type: 'choice',
      name: named('Status', 'Tila', 'Status', 'الحالة', '状态'),
      options: [
        option('New', 'Uusi', 'Ny', 'جديد', '新建'),
        option('Contacted', 'Otettu yhteyttä', 'Kontaktad', 'تم التواصل', '已联系'),
        option('Working', 'Työn alla', 'Bearbetas', 'قيد المتابعة', '跟进中'),
        option('Nurturing', 'Hoidettavana', 'Vårdas', 'رعاية', '培育中'),
        option('Qualified', 'Kelpuutettu', 'Kvalificerad', 'مؤهل', '已确认'),
        option('Unqualified', 'Hylätty', 'Okvalificerad', 'غير مؤهل', '不合格'),
        option('Converted', 'Muunnettu', 'Konverterad', 'تم التحويل', '已转化'),
      ],
      default: 'New',
      indexed: true,
    },
    type: {
      type: 'choice',
      name: named('Type', 'Tyyppi', 'Typ', 'النوع', '类型'),
      options: [
        option('Business', 'Yritys', 'Företag', 'أعمال', '企业'),
        option('Consumer', 'Kuluttaja', 'Konsument', 'مستهلك', '消费者'),
        option('Consumer Retail', 'Vähittäiskauppa', 'Detaljhandel', 'تجزئة', '零售'),
        option('Partner', 'Kumppani', 'Partner', 'شريك', '合作伙伴'),
      ],
    },
    source: { type: 'choice', name: named('Source', 'Lähde', 'Källa', 'المصدر', '来源'), options: SOURCES },
    rating: { type: 'choice', name: named('Rating', 'Luokitus', 'Betyg', 'التصنيف', '评级'), options: RATINGS },
    score: { type: 'integer', name: named('Score', 'Pisteet', 'Poäng', 'النقاط', '评分') },
    email: {
      type: 'email',
      name: named('E-mail', 'Sähköposti', 'E-post', 'البريد الإلكتروني', '电子邮件'),
      indexed: true,
    },
    phone: { type: 'phone', name: named('Phone', 'Puhelin', 'Telefon', 'الهاتف', '电话'), indexed: true },
    mobile: { type: 'phone', name: named('Mobile', 'Matkapuhelin', 'Mobil', 'الجوال', '手机') },
    fax: { type: 'phone', name: named('Fax', 'Faksi', 'Fax', 'الفاكس', '传真') },
    website: { type: 'url', name: named('Website', 'Verkkosivusto', 'Webbplats', 'الموقع الإلكتروني', '网站') },
    industry: { type: 'text', name: named('Industry', 'Toimiala', 'Bransch', 'القطاع', '行业') },
    revenue: {
      type: 'money',
      name: named('Annual revenue', 'Liikevaihto', 'Årsomsättning', 'الإيرادات السنوية', '年收入'),
    },
    employees: {
      type: 'integer',
      name: named('Employees', 'Työntekijöitä', 'Antal anställda', 'عدد الموظفين', '员工人数'),
    },
    product: {
      type: 'lookup',
      name: named('Product', 'Tuote', 'Produkt', 'المنتج', '产品'),
      module: 'products',
      indexed: true,
    },
    campaign: {
      type: 'lookup',
      name: named('Campaign', 'Kampanja', 'Kampanj', 'الحملة', '营销活动'),
      module: 'campaigns',
      indexed: true,
    },
    emailOptOut: {
      type: 'boolean',
      name: named('No e-mail', 'Ei sähköpostia', 'Ingen e-post', 'عدم المراسلة بالبريد', '拒收邮件'),
    },
    doNotCall: { type: 'boolean', name: named('Do not call', 'Ei puheluita', 'Ring inte', 'عدم الاتصال', '请勿致电') },
    street: { type: 'text', name: named('Street', 'Katuosoite', 'Gatuadress', 'الشارع', '街道') },
    city: { type: 'text', name: named('City', 'Kaupunki', 'Ort', 'المدينة', '城市') },
    state: { type: 'text', name: named('State', 'Osavaltio tai maakunta', 'Delstat eller län', 'الولاية', '省/州') },
    postalCode: { type: 'text', name: named('Postal code', 'Postinumero', 'Postnummer', 'الرمز البريدي', '邮政编码') },
    country: { type: 'text', name: named('Country', 'Maa', 'Land', 'البلد', '国家') },
    converted: { type: 'boolean', name: named('Converted', 'Muunnettu', 'Konverterad', 'تم التحويل', '已转化') },
    convertedAt: {
      type: 'date',
      name: named('Converted on', 'Muunnettu (pvm)', 'Konverterad den', 'تاريخ التحويل', '转化日期'),
    },
    convertedAccount: {
      type: 'lookup',
      name: named('Converted account', 'Syntynyt asiakas', 'Konverterad kund', 'الحساب الناتج', '转化的客户'),
      module: 'accounts',
      indexed: true,
    },
    convertedContact: {
      type: 'lookup',
      name: named(
        'Converted contact',
        'Syntynyt yhteyshenkilö',
        'Konverterad kontakt',
        'جهة الاتصال الناتجة',
        '转化的联系人',
      ),
      module: 'contacts',
      indexed: true,
    },
    convertedDeal: {
      type: 'lookup',
      name: named('Converted deal', 'Syntynyt kauppa', 'Konverterad affär', 'الصفقة الناتجة', '转化的商机'),
      module: 'deals',
      indexed: true,
    },
    description: { type: 'longText', name: named('Description', 'Kuvaus', 'Beskrivning', 'الوصف', '描述') },
  },
}
