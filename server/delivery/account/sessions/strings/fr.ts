import type { Strings } from './en.ts';

export const fr: Strings = {
  lead: 'Les navigateurs et appareils qui peuvent utiliser votre compte. Déconnectez ceux que vous ne connaissez pas, puis changez votre mot de passe.',
  thisDevice: 'Cet appareil',
  signedIn: 'Connexion\u00a0: {when}',
  lastSeen: 'Dernière activité\u00a0: {when}',
  device: {
    both: '{browser} sur {system}',
    system: 'Un navigateur sur {system}',
    unknown: 'Un appareil que nous ne reconnaissons pas',
  },
  end: 'Déconnecter',
  endOthers: 'Se déconnecter partout ailleurs',
  endOthersHint: 'Vous restez connecté ici.',
  notListed: 'Non affichés\u00a0: {count} dont la dernière utilisation est plus ancienne.',
  onlyHere: 'Vous n’êtes connecté nulle part ailleurs.',
  done: {
    ended: 'Cet appareil est déconnecté.',
    ended_others: 'Vous êtes déconnecté partout ailleurs.',
  },
};
