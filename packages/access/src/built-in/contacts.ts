import type { ModuleDefinition } from '../document.ts'
import { named } from './named.ts'
import { SALUTATIONS, SOURCES } from './shared-options.ts'

export const contacts: ModuleDefinition = {
  name: named('Contact', 'Yhteyshenkilö', 'Kontakt', 'جهة اتصال', '联系人'),
  plural: named('Contacts', 'Yhteyshenkilöt', 'Kontakter', 'جهات الاتصال', '联系人'),
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
    account: {
      type: 'lookup',
      name: named('Account', 'Asiakas', 'Kund', 'الحساب', '客户'),
      module: 'accounts',
      indexed: true,
    },
    jobTitle: { type: 'text', name: named('Job title', 'Tehtävänimike', 'Titel', 'المسمى الوظيفي', '职位') },
    department: { type: 'text', name: named('Department', 'Osasto', 'Avdelning', 'القسم', '部门') },
    email: {
      type: 'email',
      name: named('E-mail', 'Sähköposti', 'E-post', 'البريد الإلكتروني', '电子邮件'),
      indexed: true,
    },
    otherEmail: {
      type: 'email',
      name: named('Other e-mail', 'Toinen sähköposti', 'Annan e-post', 'بريد إلكتروني آخر', '其他邮箱'),
    },
    phone: { type: 'phone', name: named('Phone', 'Puhelin', 'Telefon', 'الهاتف', '电话'), indexed: true },
    mobile: { type: 'phone', name: named('Mobile', 'Matkapuhelin', 'Mobil', 'الجوال', '手机') },
    homePhone: { type: 'phone', name: named('Home phone', 'Kotipuhelin', 'Hemtelefon', 'هاتف المنزل', '住宅电话') },
    otherPhone: { type: 'phone', name: named('Other phone', 'Muu puhelin', 'Annan telefon', 'هاتف آخر', '其他电话') },
    fax: { type: 'phone', name: named('Fax', 'Faksi', 'Fax', 'الفاكس', '传真') },
    reportsTo: {
      type: 'lookup',
      name: named('Reports to', 'Esihenkilö', 'Rapporterar till', 'المدير المباشر', '上级'),
      module: 'contacts',
      indexed: true,
    },
    assistantName: { type: 'text', name: named('Assistant', 'Avustaja', 'Assistent', 'المساعد', '助理') },
    assistantPhone: {
      type: 'phone',
      name: named('Assistant’s phone', 'Avustajan puhelin', 'Assistentens telefon', 'هاتف المساعد', '助理电话'),
    },
    birthdate: {
      type: 'date',
      name: named('Date of birth', 'Syntymäaika', 'Födelsedatum', 'تاريخ الميلاد', '出生日期'),
    },
    preferredLanguage: {
      type: 'text',
      name: named('Preferred language', 'Asiointikieli', 'Önskat språk', 'اللغة المفضلة', '首选语言'),
    },
    source: { type: 'choice', name: named('Source', 'Lähde', 'Källa', 'المصدر', '来源'), options: SOURCES },
    emailOptOut: {
      type: 'boolean',
      name: named('No e-mail', 'Ei sähköpostia', 'Ingen e-post', 'عدم المراسلة بالبريد', '拒收邮件'),
    },
    doNotCall: { type: 'boolean', name: named('Do not call', 'Ei puheluita', 'Ring inte', 'عدم الاتصال', '请勿致电') },
    mailingStreet: {
      type: 'text',
      name: named('Mailing street', 'Postituksen katuosoite', 'Postens gatuadress', 'الشارع للمراسلة', '邮寄街道'),
    },
    mailingCity: {
      type: 'text',
      name: named('Mailing city', 'Postituksen kaupunki', 'Postens ort', 'المدينة للمراسلة', '邮寄城市'),
    },
    mailingState: {
      type: 'text',
      name: named(
        'Mailing state',
        'Postituksen osavaltio tai maakunta',
        'Postens delstat eller län',
        'الولاية للمراسلة',
        '邮寄省/州',
      ),
    },
    mailingPostalCode: {
      type: 'text',
      name: named(
        'Mailing postal code',
        'Postituksen postinumero',
        'Postens postnummer',
        'الرمز البريدي للمراسلة',
        '邮寄邮政编码',
      ),
    },
    mailingCountry: {
      type: 'text',
      name: named('Mailing country', 'Postituksen maa', 'Postens land', 'البلد للمراسلة', '邮寄国家'),
    },
    otherStreet: {
      type: 'text',
      name: named('Other street', 'Muu katuosoite', 'Annan gatuadress', 'الشارع الآخر', '其他街道'),
    },
    otherCity: { type: 'text', name: named('Other city', 'Muu kaupunki', 'Annan ort', 'المدينة الآخر', '其他城市') },
    otherState: {
      type: 'text',
      name: named('Other state', 'Muu osavaltio tai maakunta', 'Annan delstat eller län', 'الولاية الآخر', '其他省/州'),
    },
    otherPostalCode: {
      type: 'text',
      name: named('Other postal code', 'Muu postinumero', 'Annan postnummer', 'الرمز البريدي الآخر', '其他邮政编码'),
    },
    otherCountry: { type: 'text', name: named('Other country', 'Muu maa', 'Annan land', 'البلد الآخر', '其他国家') },
    description: { type: 'longText', name: named('Description', 'Kuvaus', 'Beskrivning', 'الوصف', '描述') },
  },
}
