import type { ModuleDefinition } from '../document.ts'
import { named, option } from './named.ts'
import { SOURCES } from './shared-options.ts'

export const deals: ModuleDefinition = {
  name: named('Deal', 'Kauppa', 'Affär', 'صفقة', '商机'),
  plural: named('Deals', 'Kaupat', 'Affärer', 'الصفقات', '商机'),
  fields: {
    name: {
      type: 'text',
      name: named('Name', 'Nimi', 'Namn', 'الاسم', '名称'),
      required: true,
      title: true,
      indexed: true,
    },
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
    stage: {
      type: 'choice',
      name: named('Stage', 'Vaihe', 'Fas', 'المرحلة', '阶段'),
      options: [
        option('Prospecting', 'Kartoitus', 'Prospektering', 'استكشاف', '初步接触'),
        option('Qualification', 'Kelpuutus', 'Kvalificering', 'تأهيل', '资格确认'),
        option('Needs Analysis', 'Tarvekartoitus', 'Behovsanalys', 'تحليل الاحتياجات', '需求分析'),
        option('Engaging', 'Keskustelussa', 'Dialog', 'تواصل', '洽谈中'),
        option('Value Proposition', 'Arvolupaus', 'Värdeerbjudande', 'عرض القيمة', '价值主张'),
        option('Decision Makers', 'Päättäjät', 'Beslutsfattare', 'صناع القرار', '确定决策人'),
        option('Perception Analysis', 'Näkemysten arviointi', 'Uppfattningsanalys', 'تحليل التصورات', '认知分析'),
        option('Proposal', 'Tarjous', 'Offert', 'عرض', '提案'),
        option('Negotiation', 'Neuvottelu', 'Förhandling', 'تفاوض', '谈判'),
        option('Won', 'Voitettu', 'Vunnen', 'مكسوبة', '赢单'),
        option('Lost', 'Hävitty', 'Förlorad', 'خاسرة', '输单'),
      ],
      default: 'Prospecting',
      indexed: true,
    },
    amount: { type: 'money', name: named('Amount', 'Summa', 'Belopp', 'المبلغ', '金额'), indexed: true },
    probability: {
      type: 'percent',
      name: named('Probability', 'Todennäköisyys', 'Sannolikhet', 'الاحتمالية', '成交概率'),
    },
    expectedRevenue: {
      type: 'money',
      name: named('Expected revenue', 'Odotettu tulo', 'Förväntad intäkt', 'الإيراد المتوقع', '预期收入'),
    },
    quantity: { type: 'number', name: named('Quantity', 'Määrä', 'Antal', 'الكمية', '数量') },
    engagedDate: {
      type: 'date',
      name: named('Engaged on', 'Keskustelu alkoi', 'Dialog inledd', 'تاريخ بدء التواصل', '洽谈日期'),
    },
    closeDate: {
      type: 'date',
      name: named('Close date', 'Päätöspäivä', 'Avslutsdatum', 'تاريخ الإغلاق', '结单日期'),
      indexed: true,
    },
    type: {
      type: 'choice',
      name: named('Type', 'Tyyppi', 'Typ', 'النوع', '类型'),
      options: [
        option('New Business', 'Uusi asiakas', 'Ny affär', 'عمل جديد', '新业务'),
        option('Existing Business', 'Nykyinen asiakas', 'Befintlig kund', 'عمل قائم', '现有业务'),
        option('Renewal', 'Uusinta', 'Förnyelse', 'تجديد', '续约'),
      ],
    },
    forecastCategory: {
      type: 'choice',
      name: named('Forecast category', 'Ennusteluokka', 'Prognoskategori', 'فئة التوقع', '预测类别'),
      options: [
        option('Pipeline', 'Putki', 'Pipeline', 'قيد العمل', '管道'),
        option('Best Case', 'Paras arvio', 'Bästa utfall', 'أفضل حالة', '最佳情况'),
        option('Commit', 'Sitoumus', 'Åtagande', 'مؤكد', '承诺'),
        option('Closed', 'Päättynyt', 'Avslutad', 'مغلق', '已结束'),
        option('Omitted', 'Ei mukana', 'Utelämnad', 'مستبعد', '忽略'),
      ],
    },
    nextStep: { type: 'text', name: named('Next step', 'Seuraava askel', 'Nästa steg', 'الخطوة التالية', '下一步') },
    source: { type: 'choice', name: named('Source', 'Lähde', 'Källa', 'المصدر', '来源'), options: SOURCES },
    campaign: {
      type: 'lookup',
      name: named('Campaign', 'Kampanja', 'Kampanj', 'الحملة', '营销活动'),
      module: 'campaigns',
      indexed: true,
    },
    competitor: { type: 'text', name: named('Competitor', 'Kilpailija', 'Konkurrent', 'المنافس', '竞争对手') },
    lossReason: {
      type: 'text',
      name: named('Reason for loss', 'Häviön syy', 'Förlustorsak', 'سبب الخسارة', '输单原因'),
    },
    description: { type: 'longText', name: named('Description', 'Kuvaus', 'Beskrivning', 'الوصف', '描述') },
  },
}
