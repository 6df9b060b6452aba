import { option } from './named.ts'

/** Where a customer, a lead or a deal came from. */
export const SOURCES = [
  option('Website', 'Verkkosivusto', 'Webbplats', 'الموقع الإلكتروني', '网站'),
  option('Advertisement', 'Mainos', 'Annons', 'إعلان', '广告'),
  option('Google AdWords', 'Google Ads', 'Google Ads', 'إعلانات جوجل', '谷歌广告'),
  option('Social Media', 'Sosiaalinen media', 'Sociala medier', 'وسائل التواصل الاجتماعي', '社交媒体'),
  option('Webinar', 'Webinaari', 'Webbinarium', 'ندوة عبر الإنترنت', '网络研讨会'),
  option('Trade Show', 'Messut', 'Mässa', 'معرض تجاري', '展会'),
  option('Customer Event', 'Asiakastilaisuus', 'Kundevenemang', 'فعالية للعملاء', '客户活动'),
  option('Partner', 'Kumppani', 'Partner', 'شريك', '合作伙伴'),
  option('Employee Referral', 'Työntekijän suositus', 'Medarbetartips', 'ترشيح من موظف', '员工推荐'),
  option('Customer Referral', 'Asiakkaan suositus', 'Kundtips', 'ترشيح من عميل', '客户推荐'),
  option('Cold Call', 'Kylmäsoitto', 'Kallt samtal', 'اتصال مباشر', '陌生电话'),
  option('Phone Inquiry', 'Puhelintiedustelu', 'Telefonförfrågan', 'استفسار هاتفي', '电话咨询'),
  option('Purchased List', 'Ostettu lista', 'Köpt lista', 'قائمة مشتراة', '购买的名单'),
  option('Other', 'Muu', 'Annat', 'أخرى', '其他'),
] as const

export const SALUTATIONS = ['Mr.', 'Ms.', 'Mrs.', 'Mx.', 'Dr.', 'Prof.'] as const

export const RATINGS = [
  option('Hot', 'Kuuma', 'Het', 'ساخن', '热门'),
  option('Warm', 'Lämmin', 'Varm', 'دافئ', '一般'),
  option('Cold', 'Kylmä', 'Kall', 'بارد', '冷淡'),
] as const

export const PRIORITIES = [
  option('Low', 'Matala', 'Låg', 'منخفضة', '低'),
  option('Medium', 'Keskitaso', 'Medel', 'متوسطة', '中'),
  option('High', 'Korkea', 'Hög', 'عالية', '高'),
  option('Urgent', 'Kiireellinen', 'Brådskande', 'عاجلة', '紧急'),
] as const
