import type { Strings } from './en.ts';

export const de: Strings = {
  title: 'Bei {platform} anmelden',
  lead: 'Sehen und ändern Sie, was wir über Sie speichern und wer es bekommt.',
  confirmTitle: 'Sind Sie es?',
  confirmLead: 'Zum Schutz Ihres Kontos zeigen Sie bitte noch einmal, dass Sie es sind.',
  confirm: 'Weiter',
  signedInAs: 'Angemeldet als',
  noPassword: 'Ihr Konto hat noch kein Passwort. Wir können Ihnen einen Link schicken, mit dem Sie eines festlegen.',
  setByMail: 'Passwort per E-Mail festlegen',
  forgot: {
    lead: 'Geben Sie Ihre E-Mail-Adresse an. Wir schicken Ihnen einen Link, mit dem Sie ein neues Passwort wählen.',
    submit: 'Link senden',
    back: 'Zurück zur Anmeldung',
    sentTitle: 'Sehen Sie in Ihren E-Mails nach',
    sent: 'Wir haben an die angegebene Adresse geschrieben. Wenn es dazu ein Konto gibt, enthält unsere Nachricht einen Link, mit dem Sie ein neues Passwort wählen. Er gilt 1 Stunde.',
    hint: 'Nach einigen Minuten noch nichts da? Sehen Sie im Spam-Ordner nach, oder versuchen Sie es mit einer anderen Adresse.',
    another: 'Andere Adresse versuchen',
  },
  reset: {
    title: 'Neues Passwort wählen',
    lead: 'Für das Konto mit {email}. Es wird überall abgemeldet.',
    label: 'Neues Passwort',
    submit: 'Neues Passwort speichern',
    refusedTitle: 'Dieser Link gilt nicht mehr',
    refused: 'Er ist vielleicht älter als eine Stunde oder wurde schon verwendet. Fordern Sie einen neuen an.',
    again: 'Neuen Link anfordern',
  },
  done: {
    password_reset: 'Ihr neues Passwort ist festgelegt. Melden Sie sich damit an.',
  },
};
