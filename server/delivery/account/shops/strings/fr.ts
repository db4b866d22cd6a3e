import type { Strings } from './en.ts';

export const fr: Strings = {
  lead: 'Qui reçoit vos informations, lesquelles, et quand pour la dernière fois. Vous pouvez y mettre fin à tout moment.',
  none: 'Vous ne partagez encore rien avec une boutique.',
  since: 'Connectée {when}',
  homePage: 'Site web',
  mayReceive: '{shop} peut recevoir',
  onlyThese: 'Telles que votre compte les contient à ce moment-là, et rien d’autre.',
  onlyIdentifier: 'Seulement un identifiant créé pour {shop}\u00a0: ni nom, ni adresse e-mail.',
  notFilledIn: 'Votre compte n’en contient pas.',
  received: 'Dernière réception {when}',
  notReceived: 'Pas encore reçue',
  read: 'Dernière lecture {when}',
  notRead: 'Pas encore lue',
  requiredAgain: 'Si vous cessez de partager ce que {shop} exige, on vous le redemandera sur place.',
  stop: 'Ne plus partager',
  stopped: 'N’est plus partagé avec {shop}\u00a0: {field}.',
  willAskAgain: '{shop} l’exige et vous la redemandera à votre prochaine connexion.',
  notShared: 'Non partagé',
  notSharedLead: '{shop} demande aussi ceci, et ne le reçoit que si vous le partagez.',
  share: 'Partager',
  shareAgain: 'Partager à nouveau',
  sharedNow: 'Désormais partagé avec {shop}\u00a0: {field}.',
  disconnect: 'Déconnecter',
  disconnectFrom: 'Déconnecter {shop}',
  disconnectLead: 'Met fin à tout\u00a0: {shop} ne reçoit plus rien de nous.',
  disconnectTitle: 'Déconnecter {shop}\u00a0?',
  consequences: {
    atOnce: 'Dès maintenant, {shop} ne peut plus ni lire ni recevoir vos informations ici.',
    keeps:
      'Ce que {shop} a déjà reçu reste chez elle, selon ses propres règles. Adressez-vous à la boutique pour le faire supprimer.',
    comeBack:
      'Si vous y retournez avec {platform}, on vous redemandera ce que vous partagez, et {shop} vous reconnaîtra.',
  },
  done: { disconnected: 'La boutique est déconnectée.' },
};
