import type { Strings } from './en.ts';

export const de: Strings = {
  account: 'Ihr Konto',
  menu: 'Menü',
  skip: 'Zum Inhalt springen',
  signOut: 'Abmelden',
  forDevelopers: 'Für Entwickler',
  nav: {
    home: 'Übersicht',
    profile: 'Profil',
    security: 'Anmeldung und Sicherheit',
    sessions: 'Wo Sie angemeldet sind',
    shops: 'Verbundene Shops',
    data: 'Ihre Daten',
    apps: 'Apps und API-Schlüssel',
    docs: 'API-Dokumentation',
  },
  app: {
    all: 'Alle Apps',
    disabled: 'Abgeschaltet',
    tabs: { overview: 'Übersicht', members: 'Mitglieder', settings: 'Einstellungen' },
    environments: { localhost: 'Localhost', 'development:sandbox': 'Sandbox', production: 'Produktion' },
    environmentTabs: {
      setup: 'Einrichtung',
      keys: 'Secret und Schlüssel',
      code: 'Code',
      events: 'Ereignisse',
      doctor: 'Diagnose',
    },
  },
  save: 'Speichern',
  cancel: 'Abbrechen',
  back: 'Zurück',
  required: 'Erforderlich',
  optional: 'Optional',
  checkFields: 'Einige Angaben stimmen noch nicht. Sie sind unten markiert.',
  errorPage: {
    requestId: 'Anfrage-ID',
    toStart: 'Zu Ihrem Konto',
    invalid_request: {
      title: 'Das passt nicht zusammen',
      explanation:
        'Mit dem, was Ihr Browser gesendet hat, konnten wir nichts anfangen. Gehen Sie zurück und versuchen Sie es erneut.',
    },
    forbidden: {
      title: 'Wir konnten dieses Formular nicht annehmen',
      explanation:
        'Wir können nicht erkennen, ob es von Ihnen kam. Das passiert, wenn die Seite lange offen war oder Sie sich in einem anderen Fenster an- oder abgemeldet haben. Öffnen Sie die Seite neu und senden Sie das Formular noch einmal.',
    },
    not_allowed: {
      title: 'Das dürfen Sie nicht',
      explanation: 'Ihre Rolle in dieser App umfasst das nicht. Fragen Sie jemanden, dem die App gehört.',
    },
    test_person: {
      title: 'Testpersonen bleiben, wie sie sind',
      explanation:
        'Alle Entwickler verwenden sie. Erstellen Sie ein eigenes Konto in der Sandbox, um dies auszuprobieren.',
    },
    not_found: {
      title: 'Hier gibt es nichts',
      explanation: 'Die Adresse ist möglicherweise falsch oder veraltet, oder sie gehört jemand anderem.',
    },
    server_error: {
      title: 'Bei uns ist etwas schiefgelaufen',
      explanation:
        'Das liegt an uns, nicht an Ihnen. Versuchen Sie es erneut; passiert es wieder, schicken Sie uns die unten stehende Anfrage-ID.',
    },
  },
};
