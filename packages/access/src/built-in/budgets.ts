import type { ModuleDefinition } from '../document.ts'
import { named, option } from './named.ts'

export const budgets: ModuleDefinition = {
  name: named('Budget', 'Budjetti', 'Budget', 'ميزانية', '预算'),
  plural: named('Budgets', 'Budjetit', 'Budgetar', 'الميزانيات', '预算'),
  fields: {
    name: {
      type: 'text',
      name: named('Name', 'Nimi', 'Namn', 'الاسم', '名称'),
      required: true,
      title: true,
      indexed: true,
    },
    period: { type: 'text', name: named('Period', 'Kausi', 'Period', 'الفترة', '期间'), indexed: true },
    startDate: {
      type: 'date',
      name: named('Start date', 'Alkaa', 'Startdatum', 'تاريخ البدء', '开始日期'),
      indexed: true,
    },
    endDate: { type: 'date', name: named('End date', 'Päättyy', 'Slutdatum', 'تاريخ الانتهاء', '结束日期') },
    category: {
      type: 'choice',
      name: named('Category', 'Luokka', 'Kategori', 'الفئة', '类别'),
      options: [
        option('Sales', 'Myynti', 'Försäljning', 'المبيعات', '销售'),
        option('Marketing', 'Markkinointi', 'Marknadsföring', 'التسويق', '市场'),
        option('Support', 'Tuki', 'Support', 'الدعم', '支持'),
        option('Operations', 'Toiminta', 'Drift', 'العمليات', '运营'),
        option('Personnel', 'Henkilöstö', 'Personal', 'الموظفون', '人事'),
        option('Other', 'Muu', 'Annat', 'أخرى', '其他'),
      ],
      indexed: true,
    },
    status: {
      type: 'choice',
      name: named('Status', 'Tila', 'Status', 'الحالة', '状态'),
      options: [
        option('Draft', 'Luonnos', 'Utkast', 'مسودة', '草稿'),
        option('Submitted', 'Lähetetty', 'Inlämnad', 'مقدمة', '已提交'),
        option('Approved', 'Hyväksytty', 'Godkänd', 'معتمدة', '已批准'),
        option('Closed', 'Suljettu', 'Stängd', 'مغلقة', '已关闭'),
      ],
      default: 'Draft',
      indexed: true,
    },
    amount: { type: 'money', name: named('Amount', 'Summa', 'Belopp', 'المبلغ', '金额'), indexed: true },
    committed: { type: 'money', name: named('Committed', 'Sidottu', 'Bundet', 'الملتزم به', '已承诺') },
    actual: { type: 'money', name: named('Actual', 'Toteutunut', 'Utfall', 'الفعلي', '实际') },
    forecast: { type: 'money', name: named('Forecast', 'Ennuste', 'Prognos', 'المتوقع', '预测') },
    campaign: {
      type: 'lookup',
      name: named('Campaign', 'Kampanja', 'Kampanj', 'الحملة', '营销活动'),
      module: 'campaigns',
      indexed: true,
    },
    account: {
      type: 'lookup',
      name: named('Account', 'Asiakas', 'Kund', 'الحساب', '客户'),
      module: 'accounts',
      indexed: true,
    },
    description: { type: 'longText', name: named('Description', 'Kuvaus', 'Beskrivning', 'الوصف', '描述') },
  },
}
