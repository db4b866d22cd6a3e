import type { Strings } from './en.ts';

export const ar: Strings = {
  lead: 'يفحص الصفحة التي فيها الزر كما يراها المتصفح، ويقول ما الذي لن يعمل فيها وكيف تُصلحه.',
  page: 'عنوان صفحتك أو مصدرها',
  pageHint: 'تُجلب الصفحة مرة واحدة دون ملفات تعريف ارتباط، ولا يُحفظ منها شيء.',
  check: 'افحص',
  notAnAddress: 'اكتب عنوان صفحة، مثل https://shop.example.com/sign-up.',
  healthy: 'لا شيء يمنع عملها',
  toDo: 'ما ينبغي إصلاحه',
  inOrder: 'سليم',
  checked: 'فُحص العنوان: {url}',
  addressOnly: 'لم تُرَ الصفحة نفسها؛ فُحص ما يُعرف من عنوانها: {url}',
  severities: { error: 'مشكلة', warning: 'انتبه', ok: 'سليم' },
  copyLabel: 'ما ينبغي وضعه',
  unseen:
    'لا يُرى من هنا شكل الصفحة بعد تسجيل الدخول، ولا ما تضيفه نصوصها البرمجية لاحقًا، ولا ما يغيّره عامل الخدمة (service worker). لذلك ضع السمة debug على الوسم أثناء التطوير: فهي تُجري الفحوص نفسها من داخل الصفحة.',
  findings: {
    origin_registered: { title: 'المصدر {origin} مسجَّل.' },
    origin_not_registered: {
      title: 'المصدر {origin} غير مسجَّل.',
      remedy: 'ترفض النافذة كل صفحاته. أضِفه إلى مصادر هذه البيئة كما هو مكتوب هنا تمامًا.',
    },
    origin_nearly_registered: {
      title: 'المصدر {origin} غير مسجَّل، لكنّ {near} مسجَّل.',
      remedy:
        'هما مصدران مختلفان عند المتصفح: البروتوكول واسم المضيف والمنفذ كلها تُحتسب. افتح الصفحة على المصدر المسجَّل، أو أضِف هذا أيضًا.',
    },
    insecure_page: {
      title: 'تُقدَّم الصفحة عبر http.',
      remedy: 'لا يعمل الزر إلا في صفحات https، ما عدا localhost. قدِّم الصفحة عبر https وسجِّل ذلك المصدر.',
    },
    own_machine_in_production: {
      title: '{origin} هو جهاز المطوّر نفسه، وهذه بيئة الإنتاج.',
      remedy: 'لا تقبل بيئة الإنتاج إلا مصادر https عامة. استخدم معرّف العميل لبيئة Localhost أثناء التطوير.',
    },
    app_disabled: {
      title: 'التطبيق موقوف.',
      remedy: 'لا يستطيع أحد التسجيل حتى يشغّله أحد المالكين من جديد في الإعدادات.',
    },
    unknown_client: {
      title: 'لا يوجد تطبيق معرّف عميله {found}.',
      remedy: 'انسخه من جديد من إعداد البيئة. معرّف عميل من منصة أخرى لا يعمل هنا.',
    },
    page_unreachable: {
      title: 'تعذّر الوصول إلى الصفحة ({reason}).',
      remedy:
        'لم يُفحص إلا ما يُعرف من عنوانها. هل العنوان صحيح والصفحة متاحة على الإنترنت؟ إن كانت خلف تسجيل دخول أو جدار حماية، فضع السمة debug على الوسم: فهي تفحص من داخل الصفحة.',
    },
    page_not_public: {
      title: 'الصفحة على جهازك أو شبكتك، ولا تُرى من هنا.',
      remedy: 'لم يُفحص إلا ما يُعرف من عنوانها. ضع السمة debug على الوسم: فهي تفحص من داخل الصفحة.',
    },
    page_not_read: {
      title: 'لم تستطع الصفحة قراءة ترويساتها ({reason}).',
      remedy: 'سبب ذلك connect-src دون ’self’ أو أن الصفحة جاءت من نموذج. لم يُفحص هنا ما يعتمد على الترويسات.',
    },
    page_status: {
      title: 'أجابت الصفحة بالحالة {status}.',
      remedy: 'ربما فُحصت صفحة خطأ أو صفحة تسجيل دخول. اكتب عنوان الصفحة التي فيها الزر.',
    },
    page_redirects: {
      title: 'تحوّل الصفحة من {from} إلى {to}.',
      remedy: 'الزر في الصفحة التي ينتهي الناس إليها: يجب تسجيل مصدر تلك الصفحة، وهو الذي فُحص.',
    },
    popup_linked: { title: 'تستطيع النافذة أن تجيب الصفحة (القيمة {policy} للترويسة Cross-Origin-Opener-Policy).' },
    popup_relayed: { title: 'قيمة Cross-Origin-Opener-Policy هي {policy}؛ ويصل الجواب عبر عنوان إعادة التوجيه {uri}.' },
    popup_cut_off: {
      title: 'القيمة {policy} للترويسة Cross-Origin-Opener-Policy تقطع صلة النافذة بالصفحة.',
      remedy:
        'أرسل same-origin-allow-popups بدلًا منها. وإن كانت الصفحة تحتاج إلى {policy} فسجِّل عنوان إعادة توجيه من هذا المصدر واذكره في السمة redirect-uri، فيصل الجواب من ذلك الطريق.',
    },
    popup_cut_off_attribute: {
      title: 'القيمة {policy} للترويسة Cross-Origin-Opener-Policy تقطع صلة النافذة، ولا يذكر الوسم عنوان إعادة توجيه.',
      remedy: 'لقد سجّلت {uri}. ضعه على الوسم، فيصل الجواب من ذلك الطريق.',
    },
    csp_allows: { title: 'تسمح Content-Security-Policy للأداة بالعمل.' },
    csp_script_blocked: {
      title: 'تمنع Content-Security-Policy النص البرمجي: {directive} لا يسمح بـ {platform}.',
      remedy: 'اجعل التوجيه هكذا.',
    },
    csp_script_nonce: {
      title: 'تطلب Content-Security-Policy رمز nonce: في {directive} رمز، وليس في عنصر script.',
      remedy: 'ضع رمز الاستجابة على عنصر script، فيرثه ما يحمّله. أو اسمح بالمنصة.',
    },
    csp_script_strict_dynamic: {
      title: 'في {directive} من Content-Security-Policy ’strict-dynamic’: لا أثر للسماح بـ {platform}.',
      remedy: 'ضع رمز nonce للاستجابة على عنصر script، أو أضِف العنصر بنص برمجي يحمله.',
    },
    csp_connect_blocked: {
      title: 'تمنع Content-Security-Policy الأداة من مفاتيح المنصة: {directive} لا يسمح بـ {platform}.',
      remedy: 'لا يمكن التحقق من بيانات الاعتماد في الصفحة. اجعل التوجيه هكذا.',
    },
    csp_trusted_types: {
      title: 'لا تسمح Content-Security-Policy بسياسة Trusted Types المسماة lit-html.',
      remedy: 'يُرسم الزر بها ولا يبدأ دونها. اجعل التوجيه هكذا.',
    },
    csp_sandbox: {
      title: 'في Content-Security-Policy التوجيه sandbox دون {missing}.',
      remedy: 'لا تستطيع النافذة أن تُفتح أو أن تعمل. اجعل التوجيه هكذا، أو احذفه.',
    },
    clock_agrees: { title: 'الساعات متوافقة، والفرق {seconds} ث.' },
    clock_skew: {
      title: 'ساعة خادم الصفحة تختلف بمقدار {seconds} ثانية.',
      remedy: 'خادم بهذه الساعة يرفض بيانات اعتماد سليمة أو يقبل منتهية. اضبطه عبر NTP.',
    },
    browser_clock_skew: {
      title: 'ساعة هذا الجهاز تختلف بمقدار {seconds} ثانية.',
      remedy: 'تظن الصفحة أن بيانات اعتماد سليمة قد انتهت. اجعل الجهاز يأخذ وقته من الشبكة.',
    },
    redirect_uri_registered: { title: 'عنوان إعادة التوجيه {uri} مسجَّل.' },
    redirect_uri_not_registered: {
      title: 'عنوان إعادة التوجيه {uri} غير مسجَّل.',
      remedy: 'ترفض المنصة الطلب. أضِفه إلى هذه البيئة كما هو مكتوب هنا تمامًا.',
    },
    redirect_uri_nearly_registered: {
      title: 'عنوان إعادة التوجيه {uri} غير مسجَّل، لكنّ {near} مسجَّل.',
      remedy: 'يُقارنان حرفًا حرفًا، بما في ذلك الشرطة المائلة في النهاية وحالة الأحرف. اجعلهما متطابقين.',
    },
    redirect_uri_other_origin: {
      title: 'عنوان إعادة التوجيه {uri} ليس من مصدر الصفحة {origin}.',
      remedy: 'إنه يمثّل الصفحة، فيجب أن يكون البروتوكول والمضيف والمنفذ نفسها.',
    },
    redirect_uri_unreachable: {
      title: 'تعذّر الوصول إلى الصفحة في عنوان إعادة التوجيه {uri} ({reason}).',
      remedy: 'تصل الأجوبة إلى هناك. ضع صفحة في ذلك العنوان.',
    },
    redirect_uri_without_script: {
      title: 'يبدو أن الصفحة في عنوان إعادة التوجيه {uri} لا تحمّل النص البرمجي.',
      remedy: 'ينقل النص البرمجي الجواب من هناك إلى الزر. ضعه في تلك الصفحة؛ ولا حاجة إلى غيره.',
    },
    tag_found: { title: 'الوسم ونصه البرمجي في الصفحة كما ينبغي.' },
    tag_missing: {
      title: 'ليس في الصفحة كما تُرسل وسم <signup-with-platform>.',
      remedy: 'ربما يضيفه نص برمجي لاحقًا، وذلك لا يُرى من هنا. وإلا فضع هذه الأسطر في الصفحة.',
    },
    client_id_missing: { title: 'ليس للوسم السمة client-id.', remedy: 'أضِفها.' },
    client_id_other: {
      title: 'للوسم معرّف عميل آخر: {found}.',
      remedy: 'معرّف هذه البيئة {expected}. لكل بيئة من كل تطبيق معرّفها.',
    },
    client_id_other_environment: {
      title: 'للوسم معرّف عميل بيئة أخرى من هذا التطبيق: {environment}.',
      remedy: 'استخدم معرّف هذه البيئة، أو افحص الصفحة في تلك البيئة.',
    },
    script_missing: {
      title: 'لا تحمّل الصفحة النص البرمجي من {platform}.',
      remedy: 'إن كان ضمن حزمة لك فاذكر المنصة في السمة platform. وإلا فضع هذا في الصفحة.',
    },
    script_other_origin: {
      title: 'النص البرمجي من مكان آخر: {src}.',
      remedy: 'يفتح الزر المنصة التي جاء منها نصه البرمجي. حمِّله من {platform} أو اذكرها في السمة platform.',
    },
    platform_other: {
      title: 'تذكر السمة platform منصة أخرى: {found}.',
      remedy: 'هذا التطبيق مسجَّل في {platform}.',
    },
    script_not_module: {
      title: 'عنصر script ليس وحدة (module): {src}.',
      remedy: 'لا يشغّل المتصفح النص البرمجي إلا مع type="module".',
    },
    scripts_differ: {
      title: 'تحمّل الصفحة النص البرمجي مرتين، من {first} ومن {second}.',
      remedy: 'يغلب الأول، وقد يكون أيًّا منهما. أبقِ واحدًا.',
    },
    platform_unreachable: {
      title: 'تعذّر الوصول إلى المنصة {platform} ({reason}).',
      remedy: 'هل العنوان صحيح والمنصة تعمل؟ إن connect-src دونها يمنع الصفحة منها أيضًا.',
    },
  },
};
