import type { Strings } from './en.ts';

export const ar: Strings = {
  lead: 'المتصفحات والأجهزة التي يمكنها استخدام حسابك. سجّل الخروج من أي جهاز لا تعرفه، ثم غيّر كلمة مرورك.',
  thisDevice: 'هذا الجهاز',
  signedIn: 'تسجيل الدخول: {when}',
  lastSeen: 'آخر نشاط: {when}',
  device: {
    both: '{browser} على {system}',
    system: 'متصفح على {system}',
    unknown: 'جهاز لا نتعرّف عليه',
  },
  end: 'تسجيل الخروج',
  endOthers: 'تسجيل الخروج من كل الأماكن الأخرى',
  endOthersHint: 'ستبقى مسجّل الدخول هنا.',
  notListed: 'غير معروض: {count} كان آخر استخدام لها قبل ذلك.',
  onlyHere: 'لست مسجّل الدخول في أي مكان آخر.',
  done: {
    ended: 'تم تسجيل الخروج من ذلك الجهاز.',
    ended_others: 'تم تسجيل خروجك من كل الأماكن الأخرى.',
  },
};
