import type { NoticeTexts } from './notice.ts';

export const ar: NoticeTexts = {
  password_changed: {
    subject: 'تم تغيير كلمة مرورك لدى {platform}',
    text: 'تم للتو تغيير كلمة مرور حسابك لدى {platform}.',
  },
  password_reset: {
    subject: 'تمت إعادة تعيين كلمة مرورك لدى {platform}',
    text: 'تم للتو تعيين كلمة مرور جديدة لحسابك لدى {platform} عبر رابط أرسلناه إليك بالبريد. وتم تسجيل خروجك من كل مكان.',
  },
  email_changed: {
    subject: 'تم تغيير عنوان بريدك الإلكتروني لدى {platform}',
    text: 'تم للتو تغيير عنوان البريد الإلكتروني لحسابك لدى {platform} من {from} إلى {to}.',
  },
  phone_changed: {
    subject: 'تم تغيير رقم هاتفك لدى {platform}',
    text: 'تم للتو تغيير رقم هاتف حسابك لدى {platform} أو حذفه.',
  },
  passkey_added: {
    subject: 'أُضيف مفتاح مرور إلى حسابك لدى {platform}',
    text: 'يمكن الآن تسجيل الدخول إلى حسابك لدى {platform} بمفتاح المرور «{name}».',
  },
  passkey_removed: {
    subject: 'أُزيل مفتاح مرور من حسابك لدى {platform}',
    text: 'لم يعد بالإمكان تسجيل الدخول إلى حسابك لدى {platform} بمفتاح المرور «{name}».',
  },
  signed_out_everywhere: {
    subject: 'تم تسجيل خروجك من {platform} في كل مكان',
    text: 'تم للتو تسجيل خروج حسابك لدى {platform} من جميع الأجهزة الأخرى.',
  },
  data_downloaded: {
    subject: 'تم تنزيل بياناتك لدى {platform}',
    text: 'تم للتو تنزيل كل ما نحتفظ به عن حسابك لدى {platform}.',
  },
  deletion_requested: {
    subject: 'سيُحذف حسابك لدى {platform}',
    text: 'طلبت منا حذف حسابك لدى {platform}. سيُحذف نهائيًا في {date}. وحتى ذلك الحين يمكنك تسجيل الدخول والاحتفاظ به.',
  },
  deletion_cancelled: {
    subject: 'حسابك لدى {platform} باقٍ',
    text: 'لن يُحذف حسابك لدى {platform}.',
  },
  client_secret_replaced: {
    subject: 'تم استبدال سر عميل للتطبيق {app}',
    text: 'أُنشئ سر عميل جديد للتطبيق {app} ({environment}).',
  },
  api_key_created: {
    subject: 'أُنشئ مفتاح API للتطبيق {app}',
    text: 'أُنشئ مفتاح API «{name}» للتطبيق {app} ({environment}).',
  },
  api_key_replaced: {
    subject: 'تم استبدال مفتاح API للتطبيق {app}',
    text: 'حلّ مفتاح جديد محل مفتاح API «{name}» للتطبيق {app} ({environment}).',
  },
  member_added: {
    subject: 'انضم شخص إلى {app}',
    text: 'يمكن الآن للعضو {member} العمل على {app}.',
  },
  app_disabled: {
    subject: 'تم إيقاف التطبيق {app}',
    text: 'تم إيقاف التطبيق {app}: لم يعد بإمكان أحد التسجيل به، ولم تعد مفاتيحه تفتح شيئًا.',
  },
  app_enabled: {
    subject: 'تم تشغيل التطبيق {app}',
    text: 'عاد التطبيق {app} إلى العمل، ومعه مفاتيحه.',
  },
  app_deleted: {
    subject: 'حُذف التطبيق {app}',
    text: 'حُذف التطبيق {app} مع مفاتيحه وكل ما كان يعرفه عن مستخدميه.',
  },
  origin_added: {
    subject: 'للتطبيق {app} مصدر جديد',
    text: 'يمكن الآن لصفحات {address} استلام بيانات من يسجّلون بالتطبيق {app} ({environment}).',
  },
  redirect_uri_added: {
    subject: 'للتطبيق {app} عنوان إعادة توجيه جديد',
    text: 'يمكن الآن توجيه من يسجّلون بالتطبيق {app} ({environment}) إلى {address}.',
  },
  signup_endpoint_changed: {
    subject: 'تم تغيير نقطة التسجيل للتطبيق {app}',
    text: 'يُبلَّغ الآن {address} بالمستخدمين الجدد للتطبيق {app} ({environment}).',
  },
  member_role_changed: {
    subject: 'تم تغيير دور في التطبيق {app}',
    text: 'دور العضو {member} في التطبيق {app} هو الآن: {role}.',
  },
  member_removed: {
    subject: 'غادر شخص التطبيق {app}',
    text: 'لم يعد بإمكان العضو {member} العمل على {app}.',
  },
  own_role_changed: {
    subject: 'تم تغيير دورك في التطبيق {app}',
    text: 'دورك في التطبيق {app} هو الآن: {role}.',
  },
  removed_from_app: {
    subject: 'لم تعد تعمل على التطبيق {app}',
    text: 'تمت إزالتك من أعضاء التطبيق {app}.',
  },
  roles: { owner: 'مالك', developer: 'مطوّر', 'read-only': 'للقراءة فقط' },
  by: 'قام بذلك {by}.',
  byOperator: 'قام بذلك مشغّل {platform}.',
  footer:
    'إذا كنت أنت من فعل ذلك، فلا داعي لفعل أي شيء. وإلا فسجّل الدخول وغيّر كلمة مرورك وسجّل الخروج من جميع الأجهزة الأخرى:\n\n{link}',
  appFooter:
    'إذا كنت على علم بذلك، فلا داعي لفعل أي شيء. وإلا فاسأل أحد مالكي التطبيق، وراجع أعضاءه ومفاتيحه:\n\n{link}',
};
