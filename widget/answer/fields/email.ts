import type { Autofill } from './autofill.ts';

export const email = {
  email: {
    words:
      /\be mail|email|\bmail\b|courriel|\bcorreo\b|\beposta|\be posta\b|posta elettronica|poczt[ay] elektroniczn|メール|البريد ال[اإ]لكتروني|بريد الكتروني|אימייל|דוא/,
    values: (user) => [user.email],
  },
} satisfies Record<string, Autofill>;
