import type { ModuleDefinition } from '../document.ts'
import { named, option } from './named.ts'
import { PRIORITIES } from './shared-options.ts'

export const activities: ModuleDefinition = {
  name: named('Activity', 'Tapahtuma', 'Aktivitet', 'نشاط', '活动'),
  plural: named('Activities', 'Tapahtumat', 'Aktiviteter', 'الأنشطة', '活动'),
  fields: {
    subject: {
      type: 'text',
      name: named('Subject', 'Aihe', 'Ämne', 'الموضوع', '主题'),
      required: true,
      title: true,
      indexed: true,
    },
    type: {
      type: 'choice',
      name: named('Type', 'Tyyppi', 'Typ', 'النوع', '类型'),
      options: [
        option('Task', 'Tehtävä', 'Uppgift', 'مهمة', '任务'),
        option('Call', 'Puhelu', 'Samtal', 'مكالمة', '通话'),
        option('Meeting', 'Tapaaminen', 'Möte', 'اجتماع', '会议'),
        option('E-mail', 'Sähköposti', 'E-post', 'بريد إلكتروني', '邮件'),
        option('Note', 'Muistiinpano', 'Anteckning', 'ملاحظة', '备注'),
        option('Visit', 'Käynti', 'Besök', 'زيارة', '拜访'),
      ],
      default: 'Task',
      indexed: true,
    },
    status: {
      type: 'choice',
      name: named('Status', 'Tila', 'Status', 'الحالة', '状态'),
      options: [
        option('Planned', 'Suunniteltu', 'Planerad', 'مخطط', '已计划'),
        option('In Progress', 'Käynnissä', 'Pågår', 'قيد التنفيذ', '进行中'),
        option('Waiting', 'Odottaa', 'Väntar', 'بالانتظار', '等待中'),
        option('Completed', 'Valmis', 'Klar', 'مكتمل', '已完成'),
        option('Cancelled', 'Peruttu', 'Inställd', 'ملغى', '已取消'),
      ],
      default: 'Planned',
      indexed: true,
    },
    priority: {
      type: 'choice',
      name: named('Priority', 'Prioriteetti', 'Prioritet', 'الأولوية', '优先级'),
      options: PRIORITIES,
      default: 'Medium',
    },
    dueDate: {
      type: 'date',
      name: named('Due date', 'Määräpäivä', 'Förfallodatum', 'تاريخ الاستحقاق', '截止日期'),
      indexed: true,
    },
    startsAt: { type: 'dateTime', name: named('Starts at', 'Alkaa', 'Börjar', 'يبدأ في', '开始时间'), indexed: true },
    endsAt: { type: 'dateTime', name: named('Ends at', 'Päättyy', 'Slutar', 'ينتهي في', '结束时间') },
    allDay: { type: 'boolean', name: named('All day', 'Koko päivä', 'Hela dagen', 'طوال اليوم', '全天') },
    location: { type: 'text', name: named('Location', 'Paikka', 'Plats', 'المكان', '地点') },
    completedAt: { type: 'dateTime', name: named('Completed at', 'Valmistunut', 'Slutförd', 'اكتمل في', '完成时间') },
    outcome: { type: 'text', name: named('Outcome', 'Tulos', 'Resultat', 'النتيجة', '结果') },
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
    lead: {
      type: 'lookup',
      name: named('Lead', 'Liidi', 'Lead', 'العميل المحتمل', '线索'),
      module: 'leads',
      indexed: true,
    },
    deal: { type: 'lookup', name: named('Deal', 'Kauppa', 'Affär', 'الصفقة', '商机'), module: 'deals', indexed: true },
    ticket: {
      type: 'lookup',
      name: named('Ticket', 'Tukipyyntö', 'Ärende', 'التذكرة', '工单'),
      module: 'tickets',
      indexed: true,
    },
    campaign: {
      type: 'lookup',
      name: named('Campaign', 'Kampanja', 'Kampanj', 'الحملة', '营销活动'),
      module: 'campaigns',
      indexed: true,
    },
    description: { type: 'longText', name: named('Description', 'Kuvaus', 'Beskrivning', 'الوصف', '描述') },
  },
}
