import type { Strings } from './en.ts';

export const ar: Strings = {
  account: 'حسابك',
  menu: 'القائمة',
  skip: 'الانتقال إلى المحتوى',
  signOut: 'تسجيل الخروج',
  forDevelopers: 'للمطورين',
  nav: {
    home: 'نظرة عامة',
    profile: 'الملف الشخصي',
    security: 'تسجيل الدخول والأمان',
    sessions: 'أماكن تسجيل دخولك',
    shops: 'المتاجر المرتبطة',
    data: 'بياناتك',
    apps: 'التطبيقات ومفاتيح API',
    docs: 'وثائق API',
  },
  app: {
    all: 'جميع التطبيقات',
    disabled: 'متوقف',
    tabs: { overview: 'نظرة عامة', members: 'الأعضاء', settings: 'الإعدادات' },
    environments: { localhost: 'Localhost', 'development:sandbox': 'البيئة التجريبية', production: 'بيئة الإنتاج' },
    environmentTabs: { setup: 'الإعداد', keys: 'السر والمفاتيح', code: 'الشيفرة', events: 'الأحداث', doctor: 'الفحص' },
  },
  save: 'حفظ',
  cancel: 'إلغاء',
  back: 'رجوع',
  required: 'مطلوب',
  optional: 'اختياري',
  checkFields: 'بعض الإجابات تحتاج إلى مراجعة، وهي محددة أدناه.',
  errorPage: {
    requestId: 'معرّف الطلب',
    toStart: 'الانتقال إلى حسابك',
    invalid_request: {
      title: 'هناك خطأ ما',
      explanation: 'تعذّر علينا التعامل مع ما أرسله متصفحك. ارجع وحاول مرة أخرى.',
    },
    forbidden: {
      title: 'تعذّر قبول هذا النموذج',
      explanation:
        'لا يمكننا التأكد من أنه أُرسل منك. يحدث ذلك عندما تبقى الصفحة مفتوحة طويلًا، أو عند تسجيل الدخول أو الخروج في نافذة أخرى. افتح الصفحة من جديد وأرسل النموذج مرة أخرى.',
    },
    not_allowed: {
      title: 'لا يمكنك فعل هذا',
      explanation: 'دورك في هذا التطبيق لا يشمل ذلك. اسأل أحد مالكي التطبيق.',
    },
    test_person: {
      title: 'الأشخاص التجريبيون يبقون كما هم',
      explanation: 'يستخدمهم جميع المطورين. أنشئ حسابًا خاصًا بك في البيئة التجريبية لتجربة هذا.',
    },
    not_found: {
      title: 'لا يوجد شيء هنا',
      explanation: 'قد يكون العنوان خاطئًا أو قديمًا، أو تابعًا لشخص آخر.',
    },
    server_error: {
      title: 'حدث خطأ من جانبنا',
      explanation: 'الخطأ منا وليس منك. حاول مرة أخرى؛ وإذا تكرر ذلك فأرسل إلينا معرّف الطلب الوارد أدناه.',
    },
  },
};
