import type { NoticeTexts } from '../account-notices.ts';

export const de: NoticeTexts = {
  password_changed: {
    subject: 'Ihr Passwort für {platform} wurde geändert',
    text: 'Das Passwort Ihres Kontos bei {platform} wurde soeben geändert.',
  },
  password_reset: {
    subject: 'Ihr Passwort für {platform} wurde zurückgesetzt',
    text: 'Für Ihr Konto bei {platform} wurde soeben ein neues Passwort festgelegt, über einen Link, den wir Ihnen geschickt haben. Sie wurden überall abgemeldet.',
  },
  email_changed: {
    subject: 'Ihre E-Mail-Adresse bei {platform} wurde geändert',
    text: 'Die E-Mail-Adresse Ihres Kontos bei {platform} wurde soeben von {from} in {to} geändert.',
  },
  passkey_added: {
    subject: 'Ihrem Konto bei {platform} wurde ein Passkey hinzugefügt',
    text: 'Mit dem Passkey „{name}“ kann man sich nun bei Ihrem Konto bei {platform} anmelden.',
  },
  passkey_removed: {
    subject: 'Ein Passkey wurde aus Ihrem Konto bei {platform} entfernt',
    text: 'Mit dem Passkey „{name}“ kann man sich nicht mehr bei Ihrem Konto bei {platform} anmelden.',
  },
  signed_out_everywhere: {
    subject: 'Sie wurden bei {platform} überall abgemeldet',
    text: 'Ihr Konto bei {platform} wurde soeben auf allen anderen Geräten abgemeldet.',
  },
  data_downloaded: {
    subject: 'Ihre Daten bei {platform} wurden heruntergeladen',
    text: 'Alles, was wir zu Ihrem Konto bei {platform} speichern, wurde soeben heruntergeladen.',
  },
  deletion_requested: {
    subject: 'Ihr Konto bei {platform} wird gelöscht',
    text: 'Sie haben uns gebeten, Ihr Konto bei {platform} zu löschen. Am {date} ist es gelöscht. Bis dahin können Sie sich anmelden und es behalten.',
  },
  deletion_cancelled: {
    subject: 'Ihr Konto bei {platform} bleibt bestehen',
    text: 'Ihr Konto bei {platform} wird nun doch nicht gelöscht.',
  },
  client_secret_replaced: {
    subject: 'Ein Client-Secret von {app} wurde ersetzt',
    text: 'Für {app} ({environment}) wurde ein neues Client-Secret erstellt.',
  },
  api_key_created: {
    subject: 'Ein API-Schlüssel von {app} wurde erstellt',
    text: 'Der API-Schlüssel „{name}“ wurde für {app} ({environment}) erstellt.',
  },
  api_key_replaced: {
    subject: 'Ein API-Schlüssel von {app} wurde ersetzt',
    text: 'Ein neuer Schlüssel ist an die Stelle des API-Schlüssels „{name}“ von {app} ({environment}) getreten.',
  },
  member_added: {
    subject: 'Bei {app} ist jemand dazugekommen',
    text: '{member} darf nun an {app} arbeiten.',
  },
  footer:
    'Wenn Sie das waren, müssen Sie nichts tun. Wenn nicht, melden Sie sich an, ändern Sie Ihr Passwort und melden Sie alle anderen Geräte ab:\n\n{link}',
};
