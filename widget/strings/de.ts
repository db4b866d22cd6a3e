import type { Strings } from './strings.ts';

export const words: Strings = {
  language: 'de',
  signup: 'Mit {platform} registrieren',
  signin: 'Mit {platform} anmelden',
  continue: 'Mit {platform} fortfahren',
  known: 'Weiter als {name}',
  required: 'Nutzen Sie zuerst diese Schaltfläche.',
  failed: 'Das hat nicht geklappt. Bitte versuchen Sie es noch einmal.',
  show: 'Geöffnetes Fenster zeigen',
  restart: 'Neu beginnen',
  again: 'Ein anderes Konto verwenden',
  waiting: 'Fahren Sie in dem Fenster fort, das sich gerade geöffnet hat.',
  checking: 'Einen Moment …',
  completed: 'Fertig. Das haben Sie mit der Website geteilt:',
  code: 'Fertig.',
  cancelled: 'Abgebrochen. Es wurde nichts geteilt.',
  popup_blocked:
    'Ihr Browser hat das Fenster blockiert. Erlauben Sie Pop-ups für diese Website und klicken Sie noch einmal auf die Schaltfläche.',
  popup_unreachable:
    'Das Fenster konnte diese Seite nicht erreichen. Versuchen Sie es noch einmal oder fahren Sie ohne dieses Fenster fort.',
  timed_out: 'Das hat zu lange gedauert. Klicken Sie auf die Schaltfläche, um neu zu beginnen.',
  misconfigured: 'Das ist im Moment nicht verfügbar.',
  delivered: 'Fertig. Sie können dieses Fenster schließen.',
  orphaned:
    'Die Seite, von der Sie kamen, wartet nicht mehr darauf. Schließen Sie dieses Fenster, gehen Sie dorthin zurück und klicken Sie noch einmal auf die Schaltfläche.',
  name: 'Name',
  email: 'E-Mail',
  not_confirmed: 'nicht bestätigt',
  phone_number: 'Telefon',
  address: 'Adresse',
  locale: 'Sprache',
};
