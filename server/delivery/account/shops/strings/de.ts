import type { Strings } from './en.ts';

export const de: Strings = {
  lead: 'Wer Ihre Daten erhält, welche, und wann zuletzt. Sie können das jederzeit beenden.',
  none: 'Sie teilen noch nichts mit einem Shop.',
  since: 'Verbunden {when}',
  homePage: 'Website',
  mayReceive: '{shop} darf erhalten',
  onlyThese: 'So wie sie dann in Ihrem Konto stehen, und sonst nichts.',
  onlyIdentifier: 'Nur eine Kennung für {shop}: kein Name, keine E-Mail-Adresse.',
  notFilledIn: 'In Ihrem Konto steht nichts dazu.',
  received: 'Zuletzt erhalten {when}',
  notReceived: 'Noch nicht erhalten',
  read: 'Zuletzt gelesen {when}',
  notRead: 'Noch nicht gelesen',
  requiredAgain: 'Wenn Sie nicht mehr teilen, was {shop} verlangt, werden Sie dort erneut danach gefragt.',
  stop: 'Nicht mehr teilen',
  stopped: 'Nicht mehr mit {shop} geteilt: {field}.',
  willAskAgain: '{shop} verlangt diese Angabe und fragt bei Ihrer nächsten Anmeldung wieder danach.',
  notShared: 'Nicht geteilt',
  notSharedLead: 'Auch darum bittet {shop}, und erhält es nur, wenn Sie es teilen.',
  share: 'Teilen',
  shareAgain: 'Wieder teilen',
  sharedNow: 'Ab jetzt mit {shop} geteilt: {field}.',
  disconnect: 'Trennen',
  disconnectFrom: '{shop} trennen',
  disconnectLead: 'Beendet alles: {shop} erhält nichts mehr von uns.',
  disconnectTitle: '{shop} trennen?',
  consequences: {
    atOnce: 'Ab sofort kann {shop} Ihre Daten hier weder lesen noch erhalten.',
    keeps:
      'Was {shop} bereits erhalten hat, bleibt dort, nach den eigenen Regeln des Shops. Wenden Sie sich an den Shop, wenn es dort gelöscht werden soll.',
    comeBack:
      'Wenn Sie mit {platform} zurückkehren, werden Sie erneut gefragt, was Sie teilen, und {shop} erkennt Sie als dieselbe Person.',
  },
  done: { disconnected: 'Der Shop ist getrennt.' },
};
