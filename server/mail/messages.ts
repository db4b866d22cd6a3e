import type { Mail } from '../outbox/mailer.ts';

interface Texts {
  confirmSubject: (platform: string) => string;
  confirm: (platform: string, link: string) => string;
  knownSubject: (platform: string) => string;
  known: (platform: string) => string;
  noAccountSubject: (platform: string) => string;
  noAccount: (platform: string) => string;
  newAddressSubject: (platform: string) => string;
  newAddress: (platform: string, link: string) => string;
  inUseSubject: (platform: string) => string;
  inUse: (platform: string) => string;
  /** In the vendor's name, to the vendor's users; the platform's own people get the reset by link too, in its name. */
  verifySubject: (app: string) => string;
  verify: (app: string, link: string) => string;
  resetSubject: (app: string) => string;
  resetByLink: (app: string, link: string) => string;
  resetByCode: (app: string, code: string) => string;
}

const en: Texts = {
  confirmSubject: (platform) => `Confirm your e-mail address for ${platform}`,
  confirm: (platform, link) =>
    `Welcome to ${platform}.\n\nPlease confirm that this e-mail address is yours:\n\n${link}\n\nThe link works for 24 hours. If you did not create an account, you can ignore this message.\n`,
  knownSubject: (platform) => `You already have an account at ${platform}`,
  known: (platform) =>
    `Somebody, probably you, has just signed up at ${platform} with this e-mail address.\n\nYou already have an account with it. To use that one, sign in with its password instead of creating an account.\n\nIf it was not you, there is nothing to do: your account is safe, and nobody else can confirm your address.\n`,
  noAccountSubject: (platform) => `No account at ${platform} with this address`,
  noAccount: (platform) =>
    `Somebody, probably you, asked for a new password at ${platform} with this e-mail address.\n\nThere is no account with it that could get one. If you have an account, you signed up with another address: try that one.\n\nIf it was not you, there is nothing to do.\n`,
  newAddressSubject: (platform) => `Confirm your new e-mail address for ${platform}`,
  newAddress: (platform, link) =>
    `You asked to use this e-mail address for your account at ${platform}. Sign in and confirm it here:\n\n${link}\n\nThe link works once, for 24 hours. Until then your old address stays. If it was not you, you can ignore this message: without you nobody can use this address.\n`,
  inUseSubject: (platform) => `This e-mail address is in use at ${platform}`,
  inUse: (platform) =>
    `Somebody, probably you, wanted to use this e-mail address for another account at ${platform}.\n\nIt belongs to an account already, so nothing was changed. To use it elsewhere, sign in to the account that has it and change the address there first.\n\nIf it was not you, there is nothing to do: your account is safe, and nobody else can use your address.\n`,
  verifySubject: (app) => `Confirm your e-mail address for ${app}`,
  verify: (app, link) =>
    `${app} asks you to confirm that this e-mail address is yours:\n\n${link}\n\nThe link works for 24 hours. If you have no account at ${app}, you can ignore this message.\n`,
  resetSubject: (app) => `Choose a new password for ${app}`,
  resetByLink: (app, link) =>
    `Somebody, probably you, asked for a new password for your account at ${app}. Choose one here:\n\n${link}\n\nThe link works once, for 1 hour. If it was not you, you can ignore this message: your password stays as it is.\n`,
  resetByCode: (app, code) =>
    `Somebody, probably you, asked for a new password for your account at ${app}. Enter this code there:\n\n${code}\n\nThe code works once, for 1 hour. Give it to nobody. If it was not you, you can ignore this message: your password stays as it is.\n`,
};

const nl: Texts = {
  confirmSubject: (platform) => `Bevestig je e-mailadres voor ${platform}`,
  confirm: (platform, link) =>
    `Welkom bij ${platform}.\n\nBevestig dat dit e-mailadres van jou is:\n\n${link}\n\nDe link werkt 24 uur. Heb je geen account aangemaakt? Dan kun je dit bericht negeren.\n`,
  knownSubject: (platform) => `Je hebt al een account bij ${platform}`,
  known: (platform) =>
    `Iemand, waarschijnlijk jij, heeft zich zojuist met dit e-mailadres bij ${platform} aangemeld.\n\nJe hebt er al een account mee. Log in met het wachtwoord daarvan in plaats van een nieuw account aan te maken.\n\nWas jij het niet? Dan hoef je niets te doen: je account is veilig en niemand anders kan jouw adres bevestigen.\n`,
  noAccountSubject: (platform) => `Geen account bij ${platform} met dit adres`,
  noAccount: (platform) =>
    `Iemand, waarschijnlijk jij, heeft bij ${platform} een nieuw wachtwoord aangevraagd met dit e-mailadres.\n\nEr is geen account met dit adres dat er een kan krijgen. Heb je een account? Dan heb je je met een ander adres aangemeld: probeer dat.\n\nWas jij het niet? Dan hoef je niets te doen.\n`,
  newAddressSubject: (platform) => `Bevestig je nieuwe e-mailadres voor ${platform}`,
  newAddress: (platform, link) =>
    `Je wilt dit e-mailadres gebruiken voor je account bij ${platform}. Log in en bevestig het hier:\n\n${link}\n\nDe link werkt één keer, 24 uur lang. Tot die tijd blijft je oude adres gelden. Was jij het niet? Dan kun je dit bericht negeren: zonder jou kan niemand dit adres gebruiken.\n`,
  inUseSubject: (platform) => `Dit e-mailadres is al in gebruik bij ${platform}`,
  inUse: (platform) =>
    `Iemand, waarschijnlijk jij, wilde dit e-mailadres gebruiken voor een ander account bij ${platform}.\n\nHet hoort al bij een account, dus er is niets gewijzigd. Wil je het ergens anders gebruiken? Log dan eerst in op het account dat het heeft en wijzig daar het adres.\n\nWas jij het niet? Dan hoef je niets te doen: je account is veilig en niemand anders kan jouw adres gebruiken.\n`,
  verifySubject: (app) => `Bevestig je e-mailadres voor ${app}`,
  verify: (app, link) =>
    `${app} vraagt je te bevestigen dat dit e-mailadres van jou is:\n\n${link}\n\nDe link werkt 24 uur. Heb je geen account bij ${app}? Dan kun je dit bericht negeren.\n`,
  resetSubject: (app) => `Kies een nieuw wachtwoord voor ${app}`,
  resetByLink: (app, link) =>
    `Iemand, waarschijnlijk jij, heeft een nieuw wachtwoord aangevraagd voor je account bij ${app}. Kies er hier een:\n\n${link}\n\nDe link werkt één keer, 1 uur lang. Was jij het niet? Dan kun je dit bericht negeren: je wachtwoord blijft zoals het is.\n`,
  resetByCode: (app, code) =>
    `Iemand, waarschijnlijk jij, heeft een nieuw wachtwoord aangevraagd voor je account bij ${app}. Vul daar deze code in:\n\n${code}\n\nDe code werkt één keer, 1 uur lang. Geef hem aan niemand. Was jij het niet? Dan kun je dit bericht negeren: je wachtwoord blijft zoals het is.\n`,
};

const de: Texts = {
  confirmSubject: (platform) => `Bestätigen Sie Ihre E-Mail-Adresse für ${platform}`,
  confirm: (platform, link) =>
    `Willkommen bei ${platform}.\n\nBitte bestätigen Sie, dass diese E-Mail-Adresse Ihnen gehört:\n\n${link}\n\nDer Link gilt 24 Stunden. Wenn Sie kein Konto erstellt haben, können Sie diese Nachricht ignorieren.\n`,
  knownSubject: (platform) => `Sie haben bereits ein Konto bei ${platform}`,
  known: (platform) =>
    `Jemand, vermutlich Sie, hat sich soeben mit dieser E-Mail-Adresse bei ${platform} registriert.\n\nSie haben damit bereits ein Konto. Melden Sie sich mit dessen Passwort an, statt ein neues zu erstellen.\n\nWaren Sie es nicht, müssen Sie nichts tun: Ihr Konto ist sicher, und niemand sonst kann Ihre Adresse bestätigen.\n`,
  noAccountSubject: (platform) => `Kein Konto bei ${platform} mit dieser Adresse`,
  noAccount: (platform) =>
    `Jemand, vermutlich Sie, hat bei ${platform} mit dieser E-Mail-Adresse ein neues Passwort angefordert.\n\nEs gibt kein Konto mit dieser Adresse, das eines bekommen könnte. Wenn Sie ein Konto haben, haben Sie sich mit einer anderen Adresse registriert: Versuchen Sie es mit dieser.\n\nWaren Sie es nicht, müssen Sie nichts tun.\n`,
  newAddressSubject: (platform) => `Bestätigen Sie Ihre neue E-Mail-Adresse für ${platform}`,
  newAddress: (platform, link) =>
    `Sie möchten diese E-Mail-Adresse für Ihr Konto bei ${platform} verwenden. Melden Sie sich an und bestätigen Sie sie hier:\n\n${link}\n\nDer Link gilt einmal, 24 Stunden lang. Bis dahin bleibt Ihre alte Adresse gültig. Waren Sie es nicht, können Sie diese Nachricht ignorieren: Ohne Sie kann niemand diese Adresse verwenden.\n`,
  inUseSubject: (platform) => `Diese E-Mail-Adresse wird bei ${platform} schon verwendet`,
  inUse: (platform) =>
    `Jemand, vermutlich Sie, wollte diese E-Mail-Adresse für ein anderes Konto bei ${platform} verwenden.\n\nSie gehört bereits zu einem Konto, daher wurde nichts geändert. Um sie anderswo zu verwenden, melden Sie sich zuerst bei dem Konto an, zu dem sie gehört, und ändern Sie dort die Adresse.\n\nWaren Sie es nicht, müssen Sie nichts tun: Ihr Konto ist sicher, und niemand sonst kann Ihre Adresse verwenden.\n`,
  verifySubject: (app) => `Bestätigen Sie Ihre E-Mail-Adresse für ${app}`,
  verify: (app, link) =>
    `${app} bittet Sie zu bestätigen, dass diese E-Mail-Adresse Ihnen gehört:\n\n${link}\n\nDer Link gilt 24 Stunden. Wenn Sie kein Konto bei ${app} haben, können Sie diese Nachricht ignorieren.\n`,
  resetSubject: (app) => `Wählen Sie ein neues Passwort für ${app}`,
  resetByLink: (app, link) =>
    `Jemand, vermutlich Sie, hat ein neues Passwort für Ihr Konto bei ${app} angefordert. Wählen Sie es hier:\n\n${link}\n\nDer Link gilt einmal, 1 Stunde lang. Waren Sie es nicht, können Sie diese Nachricht ignorieren: Ihr Passwort bleibt, wie es ist.\n`,
  resetByCode: (app, code) =>
    `Jemand, vermutlich Sie, hat ein neues Passwort für Ihr Konto bei ${app} angefordert. Geben Sie dort diesen Code ein:\n\n${code}\n\nDer Code gilt einmal, 1 Stunde lang. Geben Sie ihn niemandem weiter. Waren Sie es nicht, können Sie diese Nachricht ignorieren: Ihr Passwort bleibt, wie es ist.\n`,
};

const fr: Texts = {
  confirmSubject: (platform) => `Confirmez votre adresse e-mail pour ${platform}`,
  confirm: (platform, link) =>
    `Bienvenue chez ${platform}.\n\nVeuillez confirmer que cette adresse e-mail est la vôtre :\n\n${link}\n\nLe lien est valable 24 heures. Si vous n’avez pas créé de compte, vous pouvez ignorer ce message.\n`,
  knownSubject: (platform) => `Vous avez déjà un compte chez ${platform}`,
  known: (platform) =>
    `Quelqu’un, probablement vous, vient de s’inscrire chez ${platform} avec cette adresse e-mail.\n\nVous avez déjà un compte avec cette adresse. Connectez-vous avec son mot de passe au lieu d’en créer un autre.\n\nSi ce n’était pas vous, vous n’avez rien à faire : votre compte est en sécurité et personne d’autre ne peut confirmer votre adresse.\n`,
  noAccountSubject: (platform) => `Aucun compte chez ${platform} avec cette adresse`,
  noAccount: (platform) =>
    `Quelqu’un, probablement vous, a demandé un nouveau mot de passe chez ${platform} avec cette adresse e-mail.\n\nAucun compte associé à cette adresse ne peut en recevoir. Si vous avez un compte, vous l’avez créé avec une autre adresse : essayez celle-là.\n\nSi ce n’était pas vous, vous n’avez rien à faire.\n`,
  newAddressSubject: (platform) => `Confirmez votre nouvelle adresse e-mail pour ${platform}`,
  newAddress: (platform, link) =>
    `Vous souhaitez utiliser cette adresse e-mail pour votre compte chez ${platform}. Connectez-vous et confirmez-la ici :\n\n${link}\n\nLe lien est valable une seule fois, pendant 24 heures. D’ici là, votre ancienne adresse reste en vigueur. Si ce n’était pas vous, vous pouvez ignorer ce message : sans vous, personne ne peut utiliser cette adresse.\n`,
  inUseSubject: (platform) => `Cette adresse e-mail est déjà utilisée chez ${platform}`,
  inUse: (platform) =>
    `Quelqu’un, probablement vous, a voulu utiliser cette adresse e-mail pour un autre compte chez ${platform}.\n\nElle appartient déjà à un compte, donc rien n’a été modifié. Pour l’utiliser ailleurs, connectez-vous d’abord au compte auquel elle appartient et changez-y l’adresse.\n\nSi ce n’était pas vous, vous n’avez rien à faire : votre compte est en sécurité et personne d’autre ne peut utiliser votre adresse.\n`,
  verifySubject: (app) => `Confirmez votre adresse e-mail pour ${app}`,
  verify: (app, link) =>
    `${app} vous demande de confirmer que cette adresse e-mail est la vôtre :\n\n${link}\n\nLe lien est valable 24 heures. Si vous n’avez pas de compte chez ${app}, vous pouvez ignorer ce message.\n`,
  resetSubject: (app) => `Choisissez un nouveau mot de passe pour ${app}`,
  resetByLink: (app, link) =>
    `Quelqu’un, probablement vous, a demandé un nouveau mot de passe pour votre compte chez ${app}. Choisissez-le ici :\n\n${link}\n\nLe lien est valable une seule fois, pendant 1 heure. Si ce n’était pas vous, vous pouvez ignorer ce message : votre mot de passe ne change pas.\n`,
  resetByCode: (app, code) =>
    `Quelqu’un, probablement vous, a demandé un nouveau mot de passe pour votre compte chez ${app}. Saisissez-y ce code :\n\n${code}\n\nLe code est valable une seule fois, pendant 1 heure. Ne le donnez à personne. Si ce n’était pas vous, vous pouvez ignorer ce message : votre mot de passe ne change pas.\n`,
};

const es: Texts = {
  confirmSubject: (platform) => `Confirme su dirección de correo para ${platform}`,
  confirm: (platform, link) =>
    `Le damos la bienvenida a ${platform}.\n\nConfirme que esta dirección de correo es suya:\n\n${link}\n\nEl enlace funciona durante 24 horas. Si no ha creado una cuenta, puede ignorar este mensaje.\n`,
  knownSubject: (platform) => `Ya tiene una cuenta en ${platform}`,
  known: (platform) =>
    `Alguien, probablemente usted, acaba de registrarse en ${platform} con esta dirección de correo.\n\nYa tiene una cuenta con ella. Inicie sesión con su contraseña en lugar de crear otra.\n\nSi no fue usted, no tiene que hacer nada: su cuenta está a salvo y nadie más puede confirmar su dirección.\n`,
  noAccountSubject: (platform) => `No hay ninguna cuenta en ${platform} con esta dirección`,
  noAccount: (platform) =>
    `Alguien, probablemente usted, ha pedido una contraseña nueva en ${platform} con esta dirección de correo.\n\nNo hay ninguna cuenta con ella que pueda recibirla. Si tiene una cuenta, se registró con otra dirección: pruebe con esa.\n\nSi no fue usted, no tiene que hacer nada.\n`,
  newAddressSubject: (platform) => `Confirme su nueva dirección de correo para ${platform}`,
  newAddress: (platform, link) =>
    `Ha pedido usar esta dirección de correo para su cuenta en ${platform}. Inicie sesión y confírmela aquí:\n\n${link}\n\nEl enlace funciona una sola vez, durante 24 horas. Hasta entonces se mantiene su dirección anterior. Si no fue usted, puede ignorar este mensaje: sin usted nadie puede usar esta dirección.\n`,
  inUseSubject: (platform) => `Esta dirección de correo ya se usa en ${platform}`,
  inUse: (platform) =>
    `Alguien, probablemente usted, ha querido usar esta dirección de correo para otra cuenta en ${platform}.\n\nYa pertenece a una cuenta, así que no se ha cambiado nada. Para usarla en otra, inicie sesión primero en la cuenta que la tiene y cambie allí la dirección.\n\nSi no fue usted, no tiene que hacer nada: su cuenta está a salvo y nadie más puede usar su dirección.\n`,
  verifySubject: (app) => `Confirme su dirección de correo para ${app}`,
  verify: (app, link) =>
    `${app} le pide que confirme que esta dirección de correo es suya:\n\n${link}\n\nEl enlace funciona durante 24 horas. Si no tiene una cuenta en ${app}, puede ignorar este mensaje.\n`,
  resetSubject: (app) => `Elija una contraseña nueva para ${app}`,
  resetByLink: (app, link) =>
    `Alguien, probablemente usted, ha pedido una contraseña nueva para su cuenta en ${app}. Elíjala aquí:\n\n${link}\n\nEl enlace funciona una sola vez, durante 1 hora. Si no fue usted, puede ignorar este mensaje: su contraseña no cambia.\n`,
  resetByCode: (app, code) =>
    `Alguien, probablemente usted, ha pedido una contraseña nueva para su cuenta en ${app}. Introduzca allí este código:\n\n${code}\n\nEl código funciona una sola vez, durante 1 hora. No se lo dé a nadie. Si no fue usted, puede ignorar este mensaje: su contraseña no cambia.\n`,
};

const ar: Texts = {
  confirmSubject: (platform) => `أكّد عنوان بريدك الإلكتروني لدى ${platform}`,
  confirm: (platform, link) =>
    `مرحبًا بك في ${platform}.\n\nيُرجى تأكيد أن عنوان البريد الإلكتروني هذا يخصك:\n\n${link}\n\nالرابط صالح لمدة 24 ساعة. إذا لم تُنشئ حسابًا فيمكنك تجاهل هذه الرسالة.\n`,
  knownSubject: (platform) => `لديك حساب بالفعل لدى ${platform}`,
  known: (platform) =>
    `سجّل شخص ما، وربما أنت، للتو في ${platform} بعنوان البريد الإلكتروني هذا.\n\nلديك حساب به بالفعل. سجّل الدخول بكلمة مروره بدلًا من إنشاء حساب جديد.\n\nإن لم تكن أنت، فلا داعي لفعل أي شيء: حسابك آمن، ولا يمكن لأحد غيرك تأكيد عنوانك.\n`,
  noAccountSubject: (platform) => `لا يوجد حساب لدى ${platform} بهذا العنوان`,
  noAccount: (platform) =>
    `طلب شخص ما، وربما أنت، كلمة مرور جديدة لدى ${platform} بعنوان البريد الإلكتروني هذا.\n\nلا يوجد حساب بهذا العنوان يمكن تعيين كلمة مرور جديدة له. إذا كان لديك حساب فقد أنشأته بعنوان آخر: جرّب ذلك العنوان.\n\nإن لم تكن أنت، فلا داعي لفعل أي شيء.\n`,
  newAddressSubject: (platform) => `أكّد عنوان بريدك الإلكتروني الجديد لدى ${platform}`,
  newAddress: (platform, link) =>
    `طلبت استخدام عنوان البريد الإلكتروني هذا لحسابك لدى ${platform}. سجّل الدخول وأكّده هنا:\n\n${link}\n\nالرابط صالح مرة واحدة لمدة 24 ساعة. وحتى ذلك الحين يبقى عنوانك القديم ساريًا. إن لم تكن أنت، فيمكنك تجاهل هذه الرسالة: لا يمكن لأحد استخدام هذا العنوان من دونك.\n`,
  inUseSubject: (platform) => `عنوان البريد الإلكتروني هذا مستخدم لدى ${platform}`,
  inUse: (platform) =>
    `أراد شخص ما، وربما أنت، استخدام عنوان البريد الإلكتروني هذا لحساب آخر لدى ${platform}.\n\nالعنوان تابع لحساب بالفعل، لذا لم يتغير شيء. لاستخدامه في حساب آخر، سجّل الدخول أولًا إلى الحساب الذي يملكه وغيّر العنوان هناك.\n\nإن لم تكن أنت، فلا داعي لفعل أي شيء: حسابك آمن، ولا يمكن لأحد غيرك استخدام عنوانك.\n`,
  verifySubject: (app) => `أكّد عنوان بريدك الإلكتروني من أجل ${app}`,
  verify: (app, link) =>
    `يطلب منك ${app} تأكيد أن عنوان البريد الإلكتروني هذا يخصك:\n\n${link}\n\nالرابط صالح لمدة 24 ساعة. إذا لم يكن لديك حساب لدى ${app} فيمكنك تجاهل هذه الرسالة.\n`,
  resetSubject: (app) => `اختر كلمة مرور جديدة لحسابك لدى ${app}`,
  resetByLink: (app, link) =>
    `طلب شخص ما، وربما أنت، كلمة مرور جديدة لحسابك لدى ${app}. اخترها هنا:\n\n${link}\n\nالرابط صالح مرة واحدة لمدة ساعة واحدة. إن لم تكن أنت، فيمكنك تجاهل هذه الرسالة: تبقى كلمة مرورك كما هي.\n`,
  resetByCode: (app, code) =>
    `طلب شخص ما، وربما أنت، كلمة مرور جديدة لحسابك لدى ${app}. أدخل هذا الرمز هناك:\n\n${code}\n\nالرمز صالح مرة واحدة لمدة ساعة واحدة. لا تعطه لأحد. إن لم تكن أنت، فيمكنك تجاهل هذه الرسالة: تبقى كلمة مرورك كما هي.\n`,
};

const texts: ReadonlyMap<string, Texts> = new Map(Object.entries({ en, nl, de, fr, es, ar }));

function textsFor(languages: readonly string[]): Texts {
  for (const tag of languages) {
    const found = texts.get(tag.toLowerCase().split('-')[0] ?? '');
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

/** Tells whoever asked for a new password that there is no account with that address. */
export function noAccountMail(to: string, languages: readonly string[], platform: string): Mail {
  const text = textsFor(languages);
  return { to, subject: text.noAccountSubject(platform), text: text.noAccount(platform) };
}

/** Asks somebody to confirm the address that is to take the place of another. @param languages BCP 47, in order of preference */
export function newAddressMail(to: string, languages: readonly string[], platform: string, link: string): Mail {
  const text = textsFor(languages);
  return { to, subject: text.newAddressSubject(platform), text: text.newAddress(platform, link) };
}

/** Tells the owner of an address that somebody wanted it for another account. Without a link, as in {@link addressKnownMail}. */
export function addressInUseMail(to: string, languages: readonly string[], platform: string): Mail {
  const text = textsFor(languages);
  return { to, subject: text.inUseSubject(platform), text: text.inUse(platform) };
}

/** Asks a vendor's user, in the vendor's name, to confirm an address. */
export function verifyUserAddressMail(to: string, languages: readonly string[], appName: string, link: string): Mail {
  const text = textsFor(languages);
  const app = oneLine(appName);
  return { to, subject: text.verifySubject(app), text: text.verify(app, link), unsigned: true };
}

/**
 * Lets somebody choose a new password: a vendor's user in the vendor's name, through the vendor's page or with a code to be typed in
 * there; the platform's own people in its name, by link.
 */
export function resetPasswordMail(
  to: string,
  languages: readonly string[],
  appName: string,
  way: { link: string } | { code: string },
): Mail {
  const text = textsFor(languages);
  const app = oneLine(appName);
  const body = 'link' in way ? text.resetByLink(app, way.link) : text.resetByCode(app, way.code);
  return { to, subject: text.resetSubject(app), text: body, unsigned: true };
}

/** A vendor's name within our sentence: it begins no line or header of its own, and turns no text around it. */
function oneLine(name: string): string {
  return name.replaceAll(/[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}\s]+/gu, ' ').trim();
}
