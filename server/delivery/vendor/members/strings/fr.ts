import type { Strings } from './en.ts';

export const fr: Strings = {
  lead: 'Personne d’autre ne voit cette application.',
  you: 'Vous',
  joined: 'Membre {when}',
  change: 'Modifier',
  roleHints: {
    owner: 'Tout, y compris les membres et la suppression de l’application.',
    developer: 'Modifie la configuration, crée et révoque des clés.',
    'read-only': 'Consulte tout sauf les secrets, et ne modifie rien.',
  },
  role: 'Rôle',
  invite: {
    action: 'Inviter quelqu’un',
    title: 'Inviter quelqu’un dans {app}',
    lead: 'La personne reçoit un e-mail avec un lien valable 7 jours. Il lui faut un compte avec cette adresse, qu’elle peut créer en chemin.',
    email: 'Adresse e-mail',
    submit: 'Envoyer l’invitation',
  },
  waiting: {
    title: 'Invitations',
    lead: 'Elles ont été envoyées et n’ont pas encore été acceptées.',
    until: 'Valable jusqu’au {date}',
    again: 'Renvoyer',
    withdraw: 'Retirer',
  },
  member: {
    save: 'Enregistrer le rôle',
    remove: 'Retirer de l’application',
    removeLead:
      'Dès cet instant, l’application n’est plus visible pour cette personne. Les clés qu’elle connaît continuent de fonctionner\u00a0: générez-en de nouvelles.',
    removeConfirm: 'Retirer {name}',
  },
  leave: {
    title: 'Quitter l’application',
    lead: 'Vous ne la verrez plus. Pour revenir, il vous faudra une invitation.',
    open: 'Quitter…',
    confirm: 'Quitter {app}',
    lastOwner: 'Vous êtes l’unique propriétaire. Nommez d’abord un autre propriétaire, ou supprimez l’application.',
  },
  problems: {
    email: 'Écrivez une adresse e-mail comme nom@example.com.',
    already_member: 'Une personne avec cette adresse est déjà membre.',
    too_many_waiting: 'Trop d’invitations sont en attente. Retirez-en d’abord une.',
    unconfirmed_inviter: 'Confirmez votre propre adresse e-mail avant d’inviter d’autres personnes.',
    last_owner: 'Une application a besoin d’un propriétaire. Nommez d’abord quelqu’un d’autre.',
  },
  done: {
    invited: 'L’invitation est envoyée.',
    withdrawn: 'L’invitation est retirée. Son lien ne fonctionne plus.',
    role_changed: 'Le rôle est modifié.',
    removed: 'Le membre est retiré.',
    joined: 'Bienvenue. Vous êtes maintenant membre.',
  },
  invitation: {
    title: 'Vous êtes invité(e) dans {app}',
    as: 'Votre rôle\u00a0: {role}',
    sentTo: 'L’invitation a été envoyée à {email}.',
    accept: 'Accepter l’invitation',
    signIn: 'Se connecter',
    signUp: 'Créer un compte',
    signInLead: 'Connectez-vous avec cette adresse pour l’accepter, ou créez un compte avec elle.',
    otherAddress:
      'Vous êtes connecté(e) en tant que {email}, et l’invitation est destinée à une autre adresse. Déconnectez-vous, puis ouvrez de nouveau le lien reçu par e-mail.',
    addressTaken:
      'Un autre compte a confirmé cette adresse. Déconnectez-vous, connectez-vous à ce compte, puis ouvrez de nouveau le lien reçu par e-mail.',
    signOut: 'Se déconnecter',
    gone: 'Cette invitation ne fonctionne pas',
    goneLead:
      'Elle a peut-être déjà été acceptée, retirée, renvoyée, ou date de plus de 7 jours. Demandez-en une autre à la personne qui vous a invité(e).',
    toApps: 'Aller à vos applications',
  },
};
