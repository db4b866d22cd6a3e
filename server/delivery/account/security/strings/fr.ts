import type { Strings } from './en.ts';

export const fr: Strings = {
  lead: 'Comment vous vous connectez, et où nous vous joignons.',
  email: {
    heading: 'Adresse e-mail',
    none: 'Aucune',
    confirmed: 'Confirmée',
    unconfirmed: 'Non confirmée',
    unconfirmedHint:
      'Nous avons envoyé un lien à cette adresse. Tant que vous ne l’avez pas utilisé, les boutiques voient qu’elle n’est pas confirmée.',
    sendAgain: 'Renvoyer le lien',
    change: 'Changer d’adresse',
    pending: 'Nous attendons que vous utilisiez le lien envoyé à {email}. D’ici là, rien ne change.',
    cancelPending: 'Abandonner ce changement',
  },
  newEmail: {
    title: 'Changez votre adresse e-mail',
    lead: 'Nous enverrons un lien à la nouvelle adresse. Tant que vous ne l’avez pas utilisé, {email} reste en vigueur.',
    leadNone: 'Nous enverrons un lien à l’adresse. Elle sera la vôtre dès que vous l’aurez utilisé.',
    label: 'Nouvelle adresse e-mail',
    submit: 'Envoyer le lien',
    same: 'C’est déjà votre adresse.',
    askTitle: 'Utiliser désormais cette adresse\u00a0?',
    ask: '{email} devient l’adresse de votre compte\u00a0: pour vous connecter, pour nos messages et pour les boutiques avec lesquelles vous la partagez.',
    confirm: 'Utiliser cette adresse',
    refusedTitle: 'Ce lien ne fonctionne plus',
    refused:
      'Il date peut-être de plus d’un jour, a déjà servi, concerne un autre compte ou a été remplacé par un lien plus récent.',
  },
  password: {
    heading: 'Mot de passe',
    has: 'Vous pouvez vous connecter avec votre adresse e-mail et un mot de passe.',
    hasNot: 'Votre compte n’a pas encore de mot de passe.',
    change: 'Changer le mot de passe',
    set: 'Définir un mot de passe',
  },
  newPassword: {
    changeTitle: 'Changez votre mot de passe',
    setTitle: 'Définissez un mot de passe',
    label: 'Nouveau mot de passe',
    endOthers: 'Se déconnecter partout ailleurs',
    endOthersHint:
      'Sur tous les autres appareils et navigateurs. Laissez cette option activée si quelqu’un d’autre peut connaître votre mot de passe.',
    submit: 'Enregistrer le mot de passe',
  },
  done: {
    confirmation_sent: 'Nous vous avons renvoyé le lien.',
    email_requested:
      'Nous avons écrit à la nouvelle adresse. Votre adresse changera dès que vous aurez utilisé le lien de ce message.',
    email_change_cancelled: 'Votre adresse reste la même.',
    email_changed: 'Votre adresse e-mail a été modifiée.',
    password_changed: 'Votre mot de passe a été modifié.',
    password_changed_everywhere: 'Votre mot de passe a été modifié et vous êtes déconnecté partout ailleurs.',
  },
};
