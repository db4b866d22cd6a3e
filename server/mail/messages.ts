import type { Mail } from './mailer.ts';

interface Texts {
  confirmSubject: (platform: string) => string;
  confirm: (platform: string, link: string) => string;
  knownSubject: (platform: string) => string;
  known: (platform: string) => string;
}

const en: Texts = {
  confirmSubject: (platform) => `Confirm your e-mail address for ${platform}`,
  confirm: (platform, link) =>
    `Welcome to ${platform}.\n\nPlease confirm that this e-mail address is yours:\n\n${link}\n\nThe link works for 24 hours. If you did not create an account, you can ignore this message.\n`,
  knownSubject: (platform) => `You already have an account at ${platform}`,
  known: (platform) =>
    `Somebody, probably you, has just signed up at ${platform} with this e-mail address.\n\nYou already have an account with it. To use that one, sign in with its password instead of creating an account.\n\nIf it was not you, there is nothing to do: your account is safe, and nobody else can confirm your address.\n`,
};

const nl: Texts = {
  confirmSubject: (platform) => `Bevestig je e-mailadres voor ${platform}`,
  confirm: (platform, link) =>
    `Welkom bij ${platform}.\n\nBevestig dat dit e-mailadres van jou is:\n\n${link}\n\nDe link werkt 24 uur. Heb je geen account aangemaakt? Dan kun je dit bericht negeren.\n`,
  knownSubject: (platform) => `Je hebt al een account bij ${platform}`,
  known: (platform) =>
    `Iemand, waarschijnlijk jij, heeft zich zojuist met dit e-mailadres bij ${platform} aangemeld.\n\nJe hebt er al een account mee. Log in met het wachtwoord daarvan in plaats van een nieuw account aan te maken.\n\nWas jij het niet? Dan hoef je niets te doen: je account is veilig en niemand anders kan jouw adres bevestigen.\n`,
};

const de: Texts = {
  confirmSubject: (platform) => `Bestätigen Sie Ihre E-Mail-Adresse für ${platform}`,
  confirm: (platform, link) =>
    `Willkommen bei ${platform}.\n\nBitte bestätigen Sie, dass diese E-Mail-Adresse Ihnen gehört:\n\n${link}\n\nDer Link gilt 24 Stunden. Wenn Sie kein Konto erstellt haben, können Sie diese Nachricht ignorieren.\n`,
  knownSubject: (platform) => `Sie haben bereits ein Konto bei ${platform}`,
  known: (platform) =>
    `Jemand, vermutlich Sie, hat sich soeben mit dieser E-Mail-Adresse bei ${platform} registriert.\n\nSie haben damit bereits ein Konto. Melden Sie sich mit dessen Passwort an, statt ein neues zu erstellen.\n\nWaren Sie es nicht, müssen Sie nichts tun: Ihr Konto ist sicher, und niemand sonst kann Ihre Adresse bestätigen.\n`,
};

const fr: Texts = {
  confirmSubject: (platform) => `Confirmez votre adresse e-mail pour ${platform}`,
  confirm: (platform, link) =>
    `Bienvenue chez ${platform}.\n\nVeuillez confirmer que cette adresse e-mail est la vôtre :\n\n${link}\n\nLe lien est valable 24 heures. Si vous n’avez pas créé de compte, vous pouvez ignorer ce message.\n`,
  knownSubject: (platform) => `Vous avez déjà un compte chez ${platform}`,
  known: (platform) =>
    `Quelqu’un, probablement vous, vient de s’inscrire chez ${platform} avec cette adresse e-mail.\n\nVous avez déjà un compte avec cette adresse. Connectez-vous avec son mot de passe au lieu d’en créer un autre.\n\nSi ce n’était pas vous, vous n’avez rien à faire : votre compte est en sécurité et personne d’autre ne peut confirmer votre adresse.\n`,
};

const es: Texts = {
  confirmSubject: (platform) => `Confirme su dirección de correo para ${platform}`,
  confirm: (platform, link) =>
    `Le damos la bienvenida a ${platform}.\n\nConfirme que esta dirección de correo es suya:\n\n${link}\n\nEl enlace funciona durante 24 horas. Si no ha creado una cuenta, puede ignorar este mensaje.\n`,
  knownSubject: (platform) => `Ya tiene una cuenta en ${platform}`,
  known: (platform) =>
    `Alguien, probablemente usted, acaba de registrarse en ${platform} con esta dirección de correo.\n\nYa tiene una cuenta con ella. Inicie sesión con su contraseña en lugar de crear otra.\n\nSi no fue usted, no tiene que hacer nada: su cuenta está a salvo y nadie más puede confirmar su dirección.\n`,
};

const ar: Texts = {
  confirmSubject: (platform) => `أكّد عنوان بريدك الإلكتروني لدى ${platform}`,
  confirm: (platform, link) =>
    `مرحبًا بك في ${platform}.\n\nيُرجى تأكيد أن عنوان البريد الإلكتروني هذا يخصك:\n\n${link}\n\nالرابط صالح لمدة 24 ساعة. إذا لم تُنشئ حسابًا فيمكنك تجاهل هذه الرسالة.\n`,
  knownSubject: (platform) => `لديك حساب بالفعل لدى ${platform}`,
  known: (platform) =>
    `سجّل شخص ما، وربما أنت، للتو في ${platform} بعنوان البريد الإلكتروني هذا.\n\nلديك حساب به بالفعل. سجّل الدخول بكلمة مروره بدلًا من إنشاء حساب جديد.\n\nإن لم تكن أنت، فلا داعي لفعل أي شيء: حسابك آمن، ولا يمكن لأحد غيرك تأكيد عنوانك.\n`,
};

const texts: Record<string, Texts> = { en, nl, de, fr, es, ar };

function textsFor(languages: readonly string[]): Texts {
  for (const tag of languages) {
    const found = texts[tag.toLowerCase().split('-')[0] ?? ''];
    if (found) return found;
  }
  return en;
}

/** Asks the owner of a new address to confirm it. @param languages BCP 47, in order of preference */
export function confirmAddressMail(to: string, languages: readonly string[], platform: string, link: string): Mail {
  const text = textsFor(languages);
  return { to, subject: text.confirmSubject(platform), text: text.confirm(platform, link) };
}

/** Tells the owner of an address that somebody signed up with it. It carries no link, so that nobody can confirm it a second time. */
export function addressKnownMail(to: string, languages: readonly string[], platform: string): Mail {
  const text = textsFor(languages);
  return { to, subject: text.knownSubject(platform), text: text.known(platform) };
}
