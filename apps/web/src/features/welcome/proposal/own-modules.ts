import type { Key, ModuleDefinition } from '@bailiwick/access'
import { named } from './names.ts'

const TITLE = named('Name', 'Nimi', 'Namn', 'الاسم', '名称')
const ACCOUNT = named('Account', 'Asiakas', 'Kund', 'الحساب', '客户')
const BEGINS = named('Begins', 'Alkaa', 'Börjar', 'يبدأ', '开始')
const ENDS = named('Ends', 'Päättyy', 'Slutar', 'ينتهي', '结束')

/** What some organizations need besides the modules that are there from the start. */
export const OWN_MODULES: Readonly<Record<Key, ModuleDefinition>> = {
  projects: {
    name: named('Project', 'Projekti', 'Projekt', 'مشروع', '项目'),
    plural: named('Projects', 'Projektit', 'Projekt', 'المشاريع', '项目'),
    fields: {
      name: { type: 'text', name: TITLE, required: true, title: true },
      account: { type: 'lookup', module: 'accounts', name: ACCOUNT },
      begins: { type: 'date', name: BEGINS },
      ends: { type: 'date', name: ENDS },
      amount: { type: 'money', name: named('Amount', 'Summa', 'Belopp', 'المبلغ', '金额') },
    },
  },
  installations: {
    name: named('Installation', 'Asennus', 'Installation', 'تركيب', '安装'),
    plural: named('Installations', 'Asennukset', 'Installationer', 'التركيبات', '安装'),
    fields: {
      name: { type: 'text', name: TITLE, required: true, title: true },
      account: { type: 'lookup', module: 'accounts', name: ACCOUNT },
      product: { type: 'lookup', module: 'products', name: named('Product', 'Tuote', 'Produkt', 'المنتج', '产品') },
      serialNumber: {
        type: 'text',
        name: named('Serial number', 'Sarjanumero', 'Serienummer', 'الرقم التسلسلي', '序列号'),
      },
      installed: { type: 'date', name: named('Installed', 'Asennettu', 'Installerad', 'تاريخ التركيب', '安装日期') },
    },
  },
  gifts: {
    name: named('Gift', 'Lahjoitus', 'Gåva', 'تبرع', '捐赠'),
    plural: named('Gifts', 'Lahjoitukset', 'Gåvor', 'التبرعات', '捐赠'),
    fields: {
      name: { type: 'text', name: TITLE, required: true, title: true },
      contact: {
        type: 'lookup',
        module: 'contacts',
        name: named('Giver', 'Lahjoittaja', 'Givare', 'المتبرع', '捐赠人'),
      },
      amount: { type: 'money', name: named('Amount', 'Summa', 'Belopp', 'المبلغ', '金额') },
      given: { type: 'date', name: named('Given', 'Päivä', 'Datum', 'التاريخ', '日期') },
    },
  },
}
