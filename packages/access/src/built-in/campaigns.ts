import type { ModuleDefinition } from '../document.ts'
import { named, option } from './named.ts'

export const campaigns: ModuleDefinition = {
  name: named('Campaign', 'Kampanja', 'Kampanj', 'حملة', '营销活动'),
  plural: named('Campaigns', 'Kampanjat', 'Kampanjer', 'الحملات', '营销活动'),
  fields: {
    name: {
      type: 'text',
      name: named('Name', 'Nimi', 'Namn', 'الاسم', '名称'),
      required: true,
      title: true,
      indexed: true,
    },
    type: {
      type: 'choice',
      name: named('Type', 'Tyyppi', 'Typ', 'النوع', '类型'),
      options: [
        option('E-mail', 'Sähköposti', 'E-post', 'بريد إلكتروني', '邮件'),
        option('Webinar', 'Webinaari', 'Webbinarium', 'ندوة', '网络研讨会'),
        option('Trade Show', 'Messut', 'Mässa', 'معرض', '展会'),
        option('Event', 'Tapahtuma', 'Evenemang', 'فعالية', '活动'),
        option('Advertisement', 'Mainos', 'Annons', 'إعلان', '广告'),
        option('Social Media', 'Sosiaalinen media', 'Sociala medier', 'وسائل التواصل', '社交媒体'),
        option('Telemarketing', 'Puhelinmarkkinointi', 'Telefonförsäljning', 'تسويق هاتفي', '电话营销'),
        option('Direct Mail', 'Suoramainonta', 'Direktreklam', 'بريد مباشر', '直邮'),
        option('Partners', 'Kumppanit', 'Partner', 'شركاء', '合作伙伴'),
        option('Other', 'Muu', 'Annat', 'أخرى', '其他'),
      ],
    },
    status: {
      type: 'choice',
      name: named('Status', 'Tila', 'Status', 'الحالة', '状态'),
      options: [
        option('Planned', 'Suunniteltu', 'Planerad', 'مخططة', '已计划'),
        option('Active', 'Käynnissä', 'Aktiv', 'نشطة', '进行中'),
        option('Paused', 'Tauolla', 'Pausad', 'متوقفة', '已暂停'),
        option('Completed', 'Päättynyt', 'Avslutad', 'مكتملة', '已完成'),
        option('Cancelled', 'Peruttu', 'Inställd', 'ملغاة', '已取消'),
      ],
      default: 'Planned',
      indexed: true,
    },
    startDate: {
      type: 'date',
      name: named('Start date', 'Alkaa', 'Startdatum', 'تاريخ البدء', '开始日期'),
      indexed: true,
    },
    endDate: { type: 'date', name: named('End date', 'Päättyy', 'Slutdatum', 'تاريخ الانتهاء', '结束日期') },
    parentCampaign: {
      type: 'lookup',
      name: named('Parent campaign', 'Yläkampanja', 'Överordnad kampanj', 'الحملة الأم', '上级营销活动'),
      module: 'campaigns',
      indexed: true,
    },
    product: {
      type: 'lookup',
      name: named('Product', 'Tuote', 'Produkt', 'المنتج', '产品'),
      module: 'products',
      indexed: true,
    },
    audience: { type: 'text', name: named('Audience', 'Kohderyhmä', 'Målgrupp', 'الجمهور', '目标受众') },
    budgetedCost: {
      type: 'money',
      name: named('Budgeted cost', 'Budjetoitu kustannus', 'Budgeterad kostnad', 'التكلفة المقدرة', '预算成本'),
    },
    actualCost: {
      type: 'money',
      name: named('Actual cost', 'Toteutunut kustannus', 'Faktisk kostnad', 'التكلفة الفعلية', '实际成本'),
    },
    expectedRevenue: {
      type: 'money',
      name: named('Expected revenue', 'Odotettu tulo', 'Förväntad intäkt', 'الإيراد المتوقع', '预期收入'),
    },
    expectedResponse: {
      type: 'percent',
      name: named('Expected response', 'Odotettu vaste', 'Förväntad svarsfrekvens', 'الاستجابة المتوقعة', '预期响应率'),
    },
    sent: { type: 'integer', name: named('Sent', 'Lähetetty', 'Skickade', 'المرسلة', '已发送') },
    responses: { type: 'integer', name: named('Responses', 'Vastauksia', 'Svar', 'الردود', '响应数') },
    description: { type: 'longText', name: named('Description', 'Kuvaus', 'Beskrivning', 'الوصف', '描述') },
  },
}
