import type { Strings } from './en.ts';

export const fr: Strings = {
  heading: 'Clés d’accès',
  lead: 'Connectez-vous avec votre empreinte, votre visage ou le verrouillage de votre écran\u00a0: rien à retenir, et rien que d’autres puissent deviner.',
  add: 'Ajouter une clé d’accès',
  addLead:
    'Votre navigateur demandera où la garder\u00a0: sur cet appareil, sur un téléphone à proximité ou sur une clé de sécurité.',
  incapable:
    'Ce navigateur ne peut pas créer de clés d’accès, ou JavaScript est désactivé. Essayez un navigateur plus récent.',
  limit: 'Vous avez le nombre maximal de clés d’accès. Supprimez-en une pour en ajouter une autre.',
  name: 'Nom',
  synced: 'Synchronisée sur vos appareils',
  thisDevice: 'Sur un seul appareil',
  added: 'Ajoutée le {date}',
  lastUsed: 'Dernière utilisation le {date}',
  neverUsed: 'Pas encore utilisée',
  rename: 'Renommer',
  renameTitle: 'Renommer la clé d’accès',
  remove: 'Supprimer',
  removeTitle: 'Supprimer cette clé d’accès\u00a0?',
  removeLead:
    'Elle ne vous connectera plus ici. Supprimez-la aussi de votre appareil ou de votre gestionnaire de mots de passe, pour qu’elle ne vous soit plus proposée.',
  removeSubmit: 'Supprimer la clé d’accès',
  done: {
    'passkey-added': 'Votre clé d’accès a été ajoutée.',
    'passkey-renamed': 'Votre clé d’accès a été renommée.',
    'passkey-removed': 'La clé d’accès a été supprimée.',
  },
};
