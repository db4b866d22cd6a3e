import type { Strings } from './en.ts';

export const de: Strings = {
  lead: 'Wie Sie sich anmelden und wo wir Sie erreichen.',
  email: {
    heading: 'E-Mail-Adresse',
    none: 'Keine',
    confirmed: 'Bestätigt',
    unconfirmed: 'Nicht bestätigt',
    unconfirmedHint:
      'Wir haben einen Link an diese Adresse geschickt. Solange Sie ihn nicht verwenden, sehen Shops, dass die Adresse nicht bestätigt ist.',
    sendAgain: 'Link erneut senden',
    change: 'Adresse ändern',
    pending:
      'Wir warten darauf, dass Sie den Link verwenden, den wir an {email} geschickt haben. Bis dahin ändert sich nichts.',
    cancelPending: 'Änderung verwerfen',
  },
  newEmail: {
    title: 'E-Mail-Adresse ändern',
    lead: 'Wir schicken einen Link an die neue Adresse. Solange Sie ihn nicht verwenden, bleibt es bei {email}.',
    leadNone: 'Wir schicken einen Link an die Adresse. Sobald Sie ihn verwenden, gehört sie zu Ihrem Konto.',
    label: 'Neue E-Mail-Adresse',
    submit: 'Link senden',
    same: 'Das ist schon Ihre Adresse.',
    askTitle: 'Diese Adresse von nun an verwenden?',
    ask: '{email} wird die Adresse Ihres Kontos: für die Anmeldung, für unsere Nachrichten an Sie und für Shops, mit denen Sie sie teilen.',
    confirm: 'Diese Adresse verwenden',
    refusedTitle: 'Dieser Link gilt nicht mehr',
    refused:
      'Er ist vielleicht älter als ein Tag, wurde schon verwendet, gehört zu einem anderen Konto oder wurde durch einen späteren ersetzt.',
  },
  password: {
    heading: 'Passwort',
    has: 'Sie können sich mit Ihrer E-Mail-Adresse und einem Passwort anmelden.',
    hasNot: 'Ihr Konto hat noch kein Passwort.',
    change: 'Passwort ändern',
    set: 'Passwort festlegen',
  },
  newPassword: {
    changeTitle: 'Passwort ändern',
    setTitle: 'Passwort festlegen',
    label: 'Neues Passwort',
    endOthers: 'Überall sonst abmelden',
    endOthersHint:
      'Auf allen anderen Geräten und in allen anderen Browsern. Lassen Sie es eingeschaltet, wenn jemand anderes Ihr Passwort kennen könnte.',
    submit: 'Passwort speichern',
  },
  done: {
    confirmation_sent: 'Wir haben Ihnen den Link erneut geschickt.',
    email_requested:
      'Wir haben an die neue Adresse geschrieben. Ihre Adresse ändert sich, sobald Sie den Link in dieser Nachricht verwenden.',
    email_change_cancelled: 'Ihre Adresse bleibt, wie sie ist.',
    email_changed: 'Ihre E-Mail-Adresse wurde geändert.',
    password_changed: 'Ihr Passwort wurde geändert.',
    password_changed_everywhere: 'Ihr Passwort wurde geändert, und Sie wurden überall sonst abgemeldet.',
  },
};
