import type { Mail } from '../outbox/mailer.ts';

interface Invitation {
  platform: string;
  app: string;
  /** Name of who invites. */
  inviter: string;
  link: string;
}

interface Texts {
  subject: string;
  text: string;
}

const en: Texts = {
  subject: '{inviter} invites you to {app}',
  text: '{inviter} invites you to work on the app {app} at {platform}. Sign in, or create an account, with this email address:\n\n{link}\n\nThe link works once, for 7 days. If you do not know what this is about, you can ignore this message.',
};

const nl: Texts = {
  subject: '{inviter} nodigt je uit voor {app}',
  text: '{inviter} nodigt je uit om bij {platform} aan de app {app} te werken. Log in of maak een account aan met dit e-mailadres:\n\n{link}\n\nDe link werkt één keer, 7 dagen lang. Weet je niet waar dit over gaat? Dan kun je dit bericht negeren.',
};

const de: Texts = {
  subject: '{inviter} lädt Sie zu {app} ein',
  text: '{inviter} lädt Sie ein, bei {platform} an der App {app} mitzuarbeiten. Melden Sie sich mit dieser E-Mail-Adresse an oder erstellen Sie damit ein Konto:\n\n{link}\n\nDer Link gilt einmal, 7 Tage lang. Wenn Sie nicht wissen, worum es geht, können Sie diese Nachricht ignorieren.',
};

const fr: Texts = {
  subject: '{inviter} vous invite à rejoindre {app}',
  text: '{inviter} vous invite à travailler sur l’application {app} chez {platform}. Connectez-vous ou créez un compte avec cette adresse e-mail :\n\n{link}\n\nLe lien est valable une seule fois, pendant 7 jours. Si vous ne savez pas de quoi il s’agit, vous pouvez ignorer ce message.',
};

const es: Texts = {
  subject: '{inviter} le invita a {app}',
  text: '{inviter} le invita a trabajar en la aplicación {app} en {platform}. Inicie sesión o cree una cuenta con esta dirección de correo:\n\n{link}\n\nEl enlace funciona una sola vez, durante 7 días. Si no sabe de qué se trata, puede ignorar este mensaje.',
};

const ar: Texts = {
  subject: 'يدعوك {inviter} إلى {app}',
  text: 'يدعوك {inviter} إلى العمل على التطبيق {app} لدى {platform}. سجّل الدخول أو أنشئ حسابًا بعنوان البريد الإلكتروني هذا:\n\n{link}\n\nالرابط صالح مرة واحدة لمدة 7 أيام. إذا كنت لا تعرف ما المقصود فيمكنك تجاهل هذه الرسالة.',
};

const texts: ReadonlyMap<string, Texts> = new Map(Object.entries({ en, nl, de, fr, es, ar }));

/** Offers somebody a place in an app. @param languages BCP 47, in order of preference */
export function invitationMail(to: string, languages: readonly string[], invitation: Invitation): Mail {
  const found = languages.map((tag) => texts.get(tag.toLowerCase().split('-')[0] ?? '')).find(Boolean) ?? en;
  const words: Record<string, string> = {
    ...invitation,
    app: oneLine(invitation.app),
    inviter: oneLine(invitation.inviter),
  };
  const fill = (template: string) =>
    template.replaceAll(/\{(\w+)\}/g, (_placeholder, name: string) => words[name] ?? '');
  return { to, subject: fill(found.subject), text: `${fill(found.text)}\n` };
}

/** What somebody typed, within our sentence: it begins no line or header of its own, and turns no text around it. */
function oneLine(text: string): string {
  return text.replaceAll(/[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}\s]+/gu, ' ').trim();
}
