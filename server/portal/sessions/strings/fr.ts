import type { Strings } from './en.ts';

export const fr: Strings = {
  lead: 'Les navigateurs et appareils qui peuvent utiliser votre compte. Déconnectez ceux que vous ne connaissez pas, puis changez votre mot de passe.',
  thisDevice: 'Cet appareil',
  signedIn: 'Connexion : {when}',
  lastSeen: 'Dernière activité : {when}',
  device: {
    both: '{browser} sur {system}',
    system: 'Un navigateur sur {system}',
    unknown: 'Un appareil que nous ne reconnaissons pas',
  },
  end: 'Se déconnecter',
  endOthers: 'Se déconnecter partout ailleurs',
  endOthersHint: 'Vous restez connecté ici.',
  onlyHere: 'Vous n’êtes connecté nulle part ailleurs.',
  done: {
    ended: 'Cet appareil est déconnecté.',
    ended_others: 'Vous êtes déconnecté partout ailleurs.',
  },
};
