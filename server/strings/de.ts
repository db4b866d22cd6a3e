import type { Strings } from './en.ts';

export const de: Strings = {
  common: {
    cancel: 'Abbrechen',
    closeWindow: 'Fenster schließen',
    closeByHand: 'Ihr Browser hält dieses Fenster offen. Sie können es selbst schließen.',
    sandbox: 'Sandbox – Testpersonen, nichts ist echt',
    nothingYet: 'Nichts wird geteilt, bevor Sie zustimmen.',
    continuingTo: 'Weiter zu',
    opensNewWindow: '(öffnet sich in einem neuen Fenster)',
    checkFields: 'Einige Angaben stimmen noch nicht. Sie sind unten markiert.',
    tooManyAttempts: 'Zu viele Versuche. Versuchen Sie es in {duration} erneut.',
    tooManyAttemptsLater: 'Zu viele Versuche. Warten Sie etwas und versuchen Sie es dann erneut.',
  },
  password: {
    label: 'Passwort',
    show: 'Anzeigen',
    hide: 'Verbergen',
    shown: 'Die Zeichen sind jetzt sichtbar',
    hidden: 'Die Zeichen sind jetzt verborgen',
  },
  signIn: {
    title: 'Anmelden',
    email: 'E-Mail-Adresse',
    submit: 'Anmelden',
    newHere: 'Neu bei {platform}?',
    createAccount: 'Konto erstellen',
    forgotPassword: 'Passwort vergessen?',
    personas: 'Als Testperson fortfahren',
    or: 'oder',
    keepAccount: 'Melden Sie sich in Ihrem Konto an, um es zu behalten',
    errors: {
      invalid_credentials:
        'E-Mail-Adresse und Passwort passen nicht zusammen. Prüfen Sie beides und versuchen Sie es erneut.',
      account_blocked: 'Mit diesem Konto können Sie sich nicht anmelden. Bitte wenden Sie sich an {platform}.',
      account_leaving: 'Dieses Konto wird bald gelöscht und gibt deshalb nichts mehr weiter.',
      passkey_refused:
        'Dieser Passkey hat nicht funktioniert. Versuchen Sie es noch einmal oder verwenden Sie Ihr Passwort.',
    },
  },
  passkey: {
    use: 'Passkey verwenden',
    notUsed: 'Es wurde kein Passkey verwendet. Versuchen Sie es noch einmal oder verwenden Sie Ihr Passwort.',
    notMade: 'Es wurde kein Passkey erstellt. Versuchen Sie es noch einmal oder fahren Sie ohne fort.',
    alreadyHere: 'Dieses Gerät hat bereits einen Passkey für Ihr Konto.',
  },
  passkeyOffer: {
    title: 'Schneller anmelden',
    heading: 'Nächstes Mal ohne Passwort',
    explanation:
      'Mit einem Passkey melden Sie sich mit Fingerabdruck, Gesicht oder Bildschirmsperre an. Sie müssen sich nichts merken, und andere können nichts erraten.',
    create: 'Passkey erstellen',
    notNow: 'Jetzt nicht',
    later: 'In Ihrem Konto können Sie Passkeys jederzeit hinzufügen und entfernen.',
    newName: 'Passkey',
  },
  operator: {
    help: 'Hilfe',
    terms: 'Nutzungsbedingungen',
    privacy: 'Datenschutzerklärung',
    agreeToTerms: 'Mit dem Erstellen eines Kontos stimmen Sie den {terms} zu.',
    readPrivacy: 'In der {privacy} steht, was wir mit Ihren Daten tun.',
    askSupport: 'Brauchen Sie Hilfe? Fragen Sie {support}.',
  },
  personaTraits: {
    newcomer: 'Ist neu und hat nur eine E-Mail-Adresse',
    returning: 'Hat schon einmal Daten mit Ihrem Shop geteilt',
    complete: 'Hat alle Angaben ausgefüllt',
    long_name: 'Hat einen sehr langen Namen',
    right_to_left: 'Schreibt von rechts nach links',
    unverified_email: 'Hat die E-Mail-Adresse nicht bestätigt',
    declines: 'Lehnt ab: Ihre Seite erhält access_denied',
    blocked: 'Hat ein gesperrtes Konto',
  },
  signUp: {
    title: 'Konto erstellen',
    heading: 'Konto bei {platform} erstellen',
    firstName: 'Vorname',
    lastName: 'Nachname',
    submit: 'Konto erstellen',
    haveAccount: 'Sie haben schon ein Konto?',
    signInInstead: 'Stattdessen anmelden',
    passwordHint: 'Mindestens {count} Zeichen. Gut sind mehrere Wörter, die nichts miteinander zu tun haben.',
    strength: 'Stärke: {level}',
    strengthLevels: {
      tooShort: 'zu kurz',
      weak: 'leicht zu erraten',
      fair: 'geht noch besser',
      good: 'gut',
      strong: 'sehr gut',
    },
  },
  errors: {
    required: 'Bitte füllen Sie dieses Feld aus.',
    valid_email: 'Geben Sie eine E-Mail-Adresse ein, zum Beispiel name@beispiel.de.',
    too_short: 'Verwenden Sie mindestens {count} Zeichen.',
    too_long: 'Diese Angabe ist zu lang.',
    common_password: 'Das verwenden viele Menschen, es ist also leicht zu erraten. Wählen Sie etwas anderes.',
    same_as_email: 'Wählen Sie etwas anderes als Ihre E-Mail-Adresse.',
    valid_characters: 'Diese Angabe enthält Zeichen, die hier nicht möglich sind.',
    valid_phone_number: 'Geben Sie die Nummer mit Ländervorwahl ein, zum Beispiel +49 151 23456789.',
    valid_country: 'Wählen Sie ein Land aus der Liste.',
  },
  consent: {
    title: 'Daten teilen',
    heading: 'Ihre Daten mit {vendor} teilen?',
    signedInAs: 'Angemeldet als',
    useAnother: 'Anderes Konto verwenden',
    receives: '{vendor} erhält',
    optional: 'Freiwillig',
    unverified: 'Noch nicht bestätigt',
    alreadyShared: 'Schon früher geteilt und erneut gesendet: {fields}.',
    onlyIdentifier: 'Nur eine für {vendor} erzeugte ID: kein Name, keine E-Mail-Adresse.',
    changedMeanwhile: 'Was Sie mit {vendor} teilen, hat sich inzwischen geändert. Sehen Sie es sich noch einmal an.',
    vendorRefused: 'Ihr Konto bei {vendor} konnte nicht erstellt werden. Der Shop sagt dazu:',
    vendorUnavailable: 'Ihr Konto bei {vendor} konnte gerade nicht erstellt werden. Versuchen Sie es später erneut.',
    pictureAlt: 'Ihr Bild',
    privacyPolicy: 'Datenschutzerklärung',
    terms: 'Nutzungsbedingungen',
    submit: 'Teilen und fortfahren',
    chooseCountry: 'Land auswählen',
  },
  fields: {
    name: 'Name',
    email: 'E-Mail-Adresse',
    phone_number: 'Telefonnummer',
    address: 'Adresse',
    locale: 'Sprache',
    picture: 'Bild',
  },
  inputs: {
    given_name: 'Vorname',
    family_name: 'Nachname',
    phone_number: 'Telefonnummer mit Ländervorwahl',
    street_address: 'Straße und Hausnummer',
    postal_code: 'Postleitzahl',
    locality: 'Ort',
    region: 'Bundesland oder Region',
    country: 'Land',
  },
  deliver: {
    title: 'Sie werden zurückgeleitet',
    heading: 'Zurück zu {vendor} …',
    deliveredHeading: 'Sie können zu {vendor} zurückkehren',
    delivered: 'Hier ist alles erledigt. Schließen Sie dieses Fenster, um fortzufahren.',
    unreachableHeading: 'Wir konnten Sie nicht zu {vendor} zurückleiten',
    unreachable:
      'Die Seite, die dieses Fenster geöffnet hat, ist nicht erreichbar. Deshalb wurde nichts gesendet. Schließen Sie dieses Fenster, gehen Sie zurück zu {vendor} und versuchen Sie es erneut.',
    noScript:
      'Für diesen letzten Schritt wird JavaScript benötigt. Deshalb wurde nichts gesendet. Schalten Sie es ein, schließen Sie dieses Fenster und versuchen Sie es bei {vendor} erneut.',
  },
  confirmEmail: {
    ask: {
      title: 'Bestätigen Sie Ihre E-Mail-Adresse',
      explanation:
        'Gehört die Adresse, an die wir geschrieben haben, Ihnen, und haben Sie sich bei {platform} registriert? Dann bestätigen Sie sie hier. Wenn nicht, schließen Sie diese Seite: Es geschieht nichts.',
    },
    confirmed: {
      title: 'Ihre E-Mail-Adresse ist bestätigt',
      explanation:
        'Shops, mit denen Sie sie über {platform} teilen, sehen, dass sie Ihnen gehört. Sie können diese Seite schließen.',
    },
    refused: {
      title: 'Dieser Link gilt nicht mehr',
      explanation:
        'Er ist vielleicht älter als ein Tag, schon benutzt oder für eine Adresse, die mit einem anderen Konto bei {platform} bestätigt ist.',
    },
    submit: 'Diese Adresse bestätigen',
  },
  errorPage: {
    nothingShared: 'Es wurde nichts geteilt.',
    forDevelopers: 'Für Entwickler',
    requestId: 'Anfrage-ID',
    backTo: 'Zurück zu {vendor}',
    unknown_app: {
      title: 'Wir kennen diesen Shop nicht',
      explanation:
        'Die Seite, von der Sie kommen, wollte Sie über {platform} anmelden, ist hier aber nicht registriert.',
      whatToDo: 'Gehen Sie zurück und registrieren Sie sich dort auf anderem Weg, oder sagen Sie dem Shop Bescheid.',
    },
    app_disabled: {
      title: 'Dieser Shop ist abgeschaltet',
      explanation: 'Die Registrierung mit {platform} steht für diesen Shop derzeit nicht zur Verfügung.',
      whatToDo: 'Gehen Sie zurück und registrieren Sie sich dort auf anderem Weg.',
    },
    origin_not_registered: {
      title: 'Diese Seite darf Ihre Daten nicht abfragen',
      explanation:
        'Der Shop hat die Seite, die dieses Fenster geöffnet hat, nicht registriert. Das kann ein Versehen des Shops sein, oder jemand gibt sich als der Shop aus.',
      whatToDo:
        'Prüfen Sie die Adresse der Seite, von der Sie kommen. Wenn Sie ihr nicht vertrauen, schließen Sie die Seite.',
    },
    invalid_request: {
      title: 'Die Anfrage des Shops ist fehlerhaft',
      explanation: 'Die Seite, von der Sie kommen, hat etwas gesendet, mit dem wir nichts anfangen können.',
      whatToDo: 'Gehen Sie zurück und versuchen Sie es erneut. Passiert es wieder, sagen Sie dem Shop Bescheid.',
    },
    expired: {
      title: 'Das hat zu lange gedauert',
      explanation: 'Zum Schutz Ihres Kontos endet die Anmeldung nach einiger Zeit von selbst.',
      whatToDo: 'Schließen Sie dieses Fenster, gehen Sie zurück zum Shop und klicken Sie erneut auf die Schaltfläche.',
    },
    forbidden: {
      title: 'Wir konnten dieses Formular nicht annehmen',
      explanation:
        'Wir können nicht erkennen, ob es von Ihnen kam. Das passiert, wenn Cookies blockiert sind oder Sie sich in einem anderen Fenster angemeldet haben.',
      whatToDo: 'Erlauben Sie Cookies für diese Website, schließen Sie dieses Fenster und versuchen Sie es erneut.',
    },
    not_found: {
      title: 'Hier gibt es nichts',
      explanation: 'Die Adresse ist möglicherweise falsch oder veraltet.',
      whatToDo: 'Schließen Sie dieses Fenster und gehen Sie zurück zu der Seite, von der Sie kommen.',
    },
    too_many_requests: {
      title: 'Zu viele Anfragen',
      explanation: 'Aus Ihrem Netzwerk kamen mehr Anfragen, als wir auf einmal beantworten können.',
      whatToDo: 'Warten Sie eine Minute und versuchen Sie es dann erneut.',
    },
    server_error: {
      title: 'Bei uns ist etwas schiefgelaufen',
      explanation: 'Das liegt an uns, nicht an Ihnen.',
      whatToDo:
        'Schließen Sie dieses Fenster und versuchen Sie es erneut. Passiert es wieder, schicken Sie uns die unten stehende Anfrage-ID.',
    },
  },
};
