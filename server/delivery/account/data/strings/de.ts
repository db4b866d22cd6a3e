import type { Strings } from './en.ts';

export const de: Strings = {
  lead: 'Sie gehören Ihnen: Nehmen Sie sie mit, oder lassen Sie sie löschen.',
  download: {
    title: 'Meine Daten herunterladen',
    lead: 'Alles, was wir über Sie speichern, in einer Datei.',
    contains: 'Die Datei (JSON, mit jedem Texteditor lesbar) enthält:',
    parts: {
      profile: 'Ihr Profil: Namen, Telefonnummer, Adressen, Sprache und Bild',
      signIn: 'Ihre E-Mail-Adresse und ihren Stand, die Namen Ihrer Passkeys und wo Sie angemeldet sind',
      shops: 'Die Shops, mit denen Sie geteilt haben: welche Angaben, und wann sie diese zuletzt erhielten',
      apps: 'Die Apps, an denen Sie als Entwickler arbeiten',
      log: 'Das Protokoll sicherheitsrelevanter Vorgänge in Ihrem Konto',
    },
    withoutSecrets:
      'Sie enthält keine Passwörter und keine Schlüssel. Bewahren Sie sie trotzdem sicher auf. Wir teilen Ihnen per E-Mail mit, dass sie heruntergeladen wurde.',
    submit: 'Herunterladen',
  },
  deletion: {
    title: 'Mein Konto löschen',
    lead: 'Eine Zeit lang können Sie es sich anders überlegen. Danach ist es endgültig weg.',
    question: 'Ihr Konto löschen?',
    happens: 'Was geschieht',
    points: {
      disconnected: 'Jeder Shop wird sofort getrennt. Keiner kann hier noch etwas lesen.',
      signedOut: 'Sie werden auf allen anderen Geräten abgemeldet.',
      grace: '{days} lang können Sie sich hier anmelden und Ihr Konto behalten. Das Datum erhalten Sie per E-Mail.',
      gone: 'Danach löschen wir Ihr Konto und alles, was {platform} über Sie speichert. Niemand kann es zurückholen.',
    },
    stays: 'Was bleibt',
    shopsKeep:
      'Was Shops zuvor von Ihnen erhalten haben, bleibt bei ihnen: Sie bewahren oder löschen es nach ihren eigenen Datenschutzerklärungen. Wenden Sie sich an sie, wenn es auch dort gelöscht werden soll.',
    auditLog:
      'Unser Protokoll sicherheitsrelevanter Vorgänge behält die Zufallskennung Ihres Kontos und die Netzwerkadressen, von denen aus es genutzt wurde. Ihr Name und Ihre E-Mail-Adresse stehen nicht darin.',
    soleOwner:
      'Diese Apps gehören nur Ihnen, deshalb können Sie Ihr Konto noch nicht löschen. Bestimmen Sie für jede einen weiteren Inhaber, oder schalten Sie sie ab.',
    continue: 'Weiter',
    confirmTitle: 'Mein Konto löschen',
    understood: 'Ich verstehe, dass mein Konto und meine Daten am {date} gelöscht werden.',
    notUnderstood: 'Setzen Sie das Häkchen, wenn Sie fortfahren möchten.',
    submit: 'Mein Konto löschen',
  },
  leaving: {
    title: 'Ihr Konto wird bald gelöscht',
    due: 'Sie haben uns gebeten, es zu löschen. Am {date} ist es weg.',
    until: 'Bis dahin wird nichts geteilt, und niemand kann sich damit anmelden. Sie können es noch behalten.',
    keep: 'Mein Konto behalten',
    shops: 'Wenn Sie es behalten, bleiben Ihre Shops getrennt, bis Sie sie wieder nutzen.',
  },
  done: { kept: 'Ihr Konto bleibt. Ihre Shops sind getrennt, bis Sie sie wieder nutzen.' },
};
