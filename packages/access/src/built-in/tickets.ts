import type { ModuleDefinition } from '../document.ts'
import { named, option } from './named.ts'
import { PRIORITIES } from './shared-options.ts'

export const tickets: ModuleDefinition = {
  name: named('Ticket', 'Tukipyyntö', 'Ärende', 'تذكرة', '工单'),
  plural: named('Tickets', 'Tukipyynnöt', 'Ärenden', 'التذاكر', '工单'),
  fields: {
    subject: {
      type: 'text',
      name: named('Subject', 'Aihe', 'Ämne', 'الموضوع', '主题'),
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
        option('New', 'Uusi', 'Nytt', 'جديدة', '新建'),
        option('Open', 'Avoin', 'Öppet', 'مفتوحة', '待处理'),
        option('Working', 'Työn alla', 'Bearbetas', 'قيد المعالجة', '处理中'),
        option('Waiting', 'Odottaa asiakasta', 'Väntar på kund', 'بانتظار العميل', '等待客户'),
        option('Escalated', 'Eskaloitu', 'Eskalerat', 'مصعّدة', '已升级'),
        option('Resolved', 'Ratkaistu', 'Löst', 'تم الحل', '已解决'),
        option('Closed', 'Suljettu', 'Stängt', 'مغلقة', '已关闭'),
      ],
      default: 'New',
      indexed: true,
    },
    priority: {
      type: 'choice',
      name: named('Priority', 'Prioriteetti', 'Prioritet', 'الأولوية', '优先级'),
      options: PRIORITIES,
      default: 'Medium',
      indexed: true,
    },
    type: {
      type: 'choice',
      name: named('Type', 'Tyyppi', 'Typ', 'النوع', '类型'),
      options: [
        option('Question', 'Kysymys', 'Fråga', 'سؤال', '咨询'),
        option('Problem', 'Ongelma', 'Problem', 'مشكلة', '问题'),
        option('Incident', 'Häiriö', 'Incident', 'حادث', '故障'),
        option('Request', 'Palvelupyyntö', 'Begäran', 'طلب', '请求'),
        option('Feedback', 'Palaute', 'Återkoppling', 'ملاحظات', '反馈'),
        option('Complaint', 'Reklamaatio', 'Klagomål', 'شكوى', '投诉'),
      ],
    },
    reason: { type: 'text', name: named('Reason', 'Syy', 'Orsak', 'السبب', '原因') },
    origin: {
      type: 'choice',
      name: named('Origin', 'Kanava', 'Kanal', 'القناة', '渠道'),
      options: [
        option('Phone', 'Puhelin', 'Telefon', 'هاتف', '电话'),
        option('Email', 'Sähköposti', 'E-post', 'بريد إلكتروني', '邮件'),
        option('Web', 'Verkko', 'Webb', 'ويب', '网页'),
        option('Chat', 'Keskustelu', 'Chatt', 'محادثة', '聊天'),
        option('Social Media', 'Sosiaalinen media', 'Sociala medier', 'وسائل التواصل', '社交媒体'),
        option('In Person', 'Paikan päällä', 'På plats', 'حضورياً', '当面'),
      ],
    },
    parentTicket: {
      type: 'lookup',
      name: named('Parent ticket', 'Ylempi tukipyyntö', 'Överordnat ärende', 'التذكرة الأصلية', '上级工单'),
      module: 'tickets',
      indexed: true,
    },
    dueAt: {
      type: 'dateTime',
      name: named('Due at', 'Määräaika', 'Förfaller', 'موعد الاستحقاق', '到期时间'),
      indexed: true,
    },
    closedAt: { type: 'dateTime', name: named('Closed at', 'Suljettu', 'Stängt den', 'أغلقت في', '关闭时间') },
    escalated: { type: 'boolean', name: named('Escalated', 'Eskaloitu', 'Eskalerat', 'مصعّدة', '已升级') },
    contactPhone: {
      type: 'phone',
      name: named('Contact’s phone', 'Yhteyshenkilön puhelin', 'Kontaktens telefon', 'هاتف جهة الاتصال', '联系人电话'),
    },
    contactMobile: {
      type: 'phone',
      name: named(
        'Contact’s mobile',
        'Yhteyshenkilön matkapuhelin',
        'Kontaktens mobil',
        'جوال جهة الاتصال',
        '联系人手机',
      ),
    },
    contactEmail: {
      type: 'email',
      name: named(
        'Contact’s e-mail',
        'Yhteyshenkilön sähköposti',
        'Kontaktens e-post',
        'بريد جهة الاتصال',
        '联系人邮箱',
      ),
    },
    suppliedName: {
      type: 'text',
      name: named('Given name of sender', 'Lähettäjän ilmoittama nimi', 'Uppgivet namn', 'الاسم المقدم', '提供的姓名'),
    },
    suppliedEmail: {
      type: 'email',
      name: named('Given e-mail', 'Ilmoitettu sähköposti', 'Uppgiven e-post', 'البريد المقدم', '提供的邮箱'),
    },
    suppliedPhone: {
      type: 'phone',
      name: named('Given phone', 'Ilmoitettu puhelin', 'Uppgiven telefon', 'الهاتف المقدم', '提供的电话'),
    },
    suppliedCompany: {
      type: 'text',
      name: named('Given company', 'Ilmoitettu yritys', 'Uppgivet företag', 'الشركة المقدمة', '提供的公司'),
    },
    satisfaction: {
      type: 'integer',
      name: named('Satisfaction (1–5)', 'Tyytyväisyys (1–5)', 'Nöjdhet (1–5)', 'الرضا (1–5)', '满意度（1–5）'),
    },
    resolution: { type: 'longText', name: named('Resolution', 'Ratkaisu', 'Lösning', 'الحل', '解决方案') },
    description: { type: 'longText', name: named('Description', 'Kuvaus', 'Beskrivning', 'الوصف', '描述') },
  },
}
