import type { Strings } from './en.ts';

export const de: Strings = {
  title: 'Ereignisse',
  lead: 'Was in dieser Umgebung geschehen ist, das Neueste zuerst.',
  kept: 'Ereignisse werden 30 Tage aufbewahrt. Sie enthalten weder E-Mail-Adressen noch Namen, Netzwerkadressen von Personen, Geheimnisse oder Tokens: Personen erscheinen nur unter der Nutzer-ID, die Ihre App kennt. Zeiten sind in UTC.',
  filter: 'Ereignisse filtern',
  group: 'Anzeigen',
  groups: {
    all: 'Alles',
    problems: 'Nur Probleme',
    popup: 'Pop-up',
    credentials: 'Credentials und Tokens',
    api: 'API-Aufrufe',
    login: 'external_login',
    embed: 'Eingebettete Anmeldung',
  },
  search: 'Suchen',
  searchHint: 'Anfrage-ID, Nutzer-ID, Status oder ein Wort',
  apply: 'Ereignisse anzeigen',
  clear: 'Alles anzeigen',
  list: 'Ereignisse, das Neueste zuerst',
  none: 'Hier ist in den letzten 30 Tagen nichts geschehen. Öffnen Sie das Pop-up auf Ihrer Seite oder machen Sie einen Aufruf mit einem Ihrer Schlüssel; es erscheint innerhalb einer Sekunde.',
  noneFound: 'Kein Ereignis passt.',
  noneFoundYet: 'Bisher passt kein Ereignis. Es gibt noch ältere zu durchsuchen.',
  newest: 'Neueste',
  older: 'Ältere',
  pages: 'Seiten mit Ereignissen',
  live: 'Live',
  liveHint: 'Neue Ereignisse sofort anzeigen',
  liveOn: 'Neue Ereignisse erscheinen sofort.',
  livePaused: 'Angehalten: Neue Ereignisse erscheinen nicht.',
  liveReconnecting: 'Die Verbindung ist unterbrochen. Wir versuchen es erneut.',
  liveStopped: 'Neue Ereignisse erscheinen nicht mehr. Laden Sie die Seite neu, um fortzufahren.',
  newEvents: 'Neue Ereignisse: {count}',
  requestId: 'Anfrage-ID',
  userId: 'Nutzer-ID',
  status: 'Status',
  whatToDo: 'Was zu tun ist',
  details: 'Einzelheiten',
  tags: {
    popup: 'Pop-up',
    endpoint: 'Endpunkt',
    credential: 'Credential',
    code: 'Code',
    token: 'Token',
    api: 'API',
    embed: 'Eingebettet',
    login: 'Login',
    log: 'Protokoll',
  },
  advice: {
    originNotRegistered:
      'Eine Seite unter {origin} wollte das Pop-up öffnen, und diese Umgebung kennt diesen Origin nicht. Ist es Ihre Seite, tragen Sie den Origin unter „{setup}“ ein, genau wie er hier steht. Wenn nicht, ist nichts zu tun: Es wurde nichts dorthin gesendet.',
    notAnOrigin:
      'Die Anfrage muss einen Origin nennen und sonst nichts: Schema, Host und Port, wie location.origin sie angibt. Schon ein Schrägstrich am Ende ist zu viel.',
    redirectUriNotRegistered:
      'Die Redirect-URI der Anfrage ist für diese Umgebung nicht eingetragen. Tragen Sie sie unter „{setup}“ ein, Zeichen für Zeichen so, wie Ihr Backend sie sendet.',
    appDisabled:
      'Die App ist ausgeschaltet: Niemand kann sich anmelden, und kein Schlüssel funktioniert. Ein Inhaber kann sie unter „{settings}“ wieder einschalten.',
    invalidRequest:
      'Die Anfrage selbst ist falsch. „hint“ in den Einzelheiten nennt die Stelle: Ändern Sie sie auf Ihrer Seite oder in Ihrem Backend.',
    notSilent:
      'Ihre Anfrage enthielt prompt=none, aber die Person muss sich zuerst anmelden oder zustimmen. Senden Sie sie ohne prompt=none noch einmal.',
    serverError:
      'Der Fehler liegt bei uns. Versuchen Sie es erneut; geschieht es wieder, senden Sie uns die Anfrage-ID.',
    signInFailed: 'Für Sie ist nichts zu tun. Die Person weiß Bescheid und kann es erneut versuchen.',
    endpointRefused:
      'Ihr eigener Registrierungs-Endpunkt hat diese Person abgelehnt; seine Nachricht wurde ihr angezeigt. Ihr eigenes Protokoll nennt den Grund.',
    endpointUnavailable:
      'Ihr eigener Registrierungs-Endpunkt war nicht erreichbar, zu langsam oder antwortete nicht wie vereinbart. Bis er funktioniert, kann sich niemand neu anmelden. Seine Adresse steht unter „{setup}“.',
    tokenRefused:
      'Der Token-Endpunkt hat Ihr Backend abgewiesen. „error“ und „hint“ in den Einzelheiten nennen den Grund. Ein Code gilt einmal und nur 60 Sekunden.',
    loginRefused:
      'Client-ID, Geheimnis und Umgebung gehören zusammen: Kopieren Sie alle drei noch einmal. Ein neues Geheimnis erzeugen Sie unter „{keys}“.',
    readOnlyKey: 'Dieser Schlüssel darf nur lesen. Nehmen Sie für diesen Aufruf einen mit vollen Rechten.',
    addressNotAllowed:
      'Der Aufruf kam von außerhalb der Adressbereiche des Schlüssels. Ändern Sie die Bereiche unter „{keys}“, oder rufen Sie von dort aus auf.',
    tooManyRequests: 'Die Anfragen dieser Stunde sind verbraucht. Warten Sie so lange, wie Retry-After angibt.',
    notFound: 'Diese Umgebung kennt den Nutzer nicht, oder die Person teilt nichts mehr mit Ihnen.',
    callFailed: 'Der Inhalt der Antwort nennt, was zu ändern ist. Die API-Dokumentation erklärt jeden Fehlercode.',
    omitted:
      'Je Minute und Tag werden nur begrenzt viele Ereignisse aufgeführt, damit eine Art nicht die anderen verdrängt. Was hier fehlt, wurde wie gewohnt beantwortet.',
  },
};
