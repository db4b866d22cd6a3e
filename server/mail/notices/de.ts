import type { NoticeTexts } from './notice.ts';

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
  phone_changed: {
    subject: 'Ihre Telefonnummer bei {platform} wurde geändert',
    text: 'Die Telefonnummer Ihres Kontos bei {platform} wurde gerade geändert oder entfernt.',
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
  app_disabled: {
    subject: '{app} wurde abgeschaltet',
    text: '{app} wurde abgeschaltet: Niemand kann sich mehr damit anmelden, und die Schlüssel öffnen nichts mehr.',
  },
  app_enabled: {
    subject: '{app} wurde eingeschaltet',
    text: '{app} funktioniert wieder, ebenso die Schlüssel.',
  },
  app_deleted: {
    subject: '{app} wurde gelöscht',
    text: '{app} wurde gelöscht, mit den Schlüsseln und allem, was die App über ihre Nutzer wusste.',
  },
  origin_added: {
    subject: '{app} hat eine neue Origin',
    text: 'Seiten unter {address} dürfen nun die Daten der Personen erhalten, die sich mit {app} ({environment}) anmelden.',
  },
  redirect_uri_added: {
    subject: '{app} hat eine neue Redirect-URI',
    text: 'Wer sich mit {app} ({environment}) anmeldet, kann nun zu {address} geschickt werden.',
  },
  signup_endpoint_changed: {
    subject: 'Der Anmelde-Endpunkt von {app} wurde geändert',
    text: 'Neue Nutzer von {app} ({environment}) werden nun an {address} gemeldet.',
  },
  member_role_changed: {
    subject: 'Eine Rolle bei {app} wurde geändert',
    text: 'Die Rolle von {member} bei {app} ist nun: {role}.',
  },
  member_removed: {
    subject: 'Bei {app} ist jemand ausgeschieden',
    text: '{member} darf nicht mehr an {app} arbeiten.',
  },
  own_role_changed: {
    subject: 'Ihre Rolle bei {app} wurde geändert',
    text: 'Ihre Rolle bei {app} ist nun: {role}.',
  },
  removed_from_app: {
    subject: 'Sie arbeiten nicht mehr an {app}',
    text: 'Sie wurden aus den Mitgliedern von {app} entfernt.',
  },
  roles: { owner: 'Inhaber', developer: 'Entwickler', 'read-only': 'Nur Lesen' },
  by: 'Veranlasst von {by}.',
  byOperator: 'Veranlasst vom Betreiber von {platform}.',
  footer:
    'Wenn Sie das waren, müssen Sie nichts tun. Wenn nicht, melden Sie sich an, ändern Sie Ihr Passwort und melden Sie alle anderen Geräte ab:\n\n{link}',
  appFooter:
    'Wenn Sie davon wissen, müssen Sie nichts tun. Wenn nicht, fragen Sie einen Inhaber der App und sehen Sie sich ihre Mitglieder und Schlüssel an:\n\n{link}',
};
