import type { NoticeTexts } from './notice.ts';

export const fr: NoticeTexts = {
  password_changed: {
    subject: 'Votre mot de passe {platform} a été modifié',
    text: 'Le mot de passe de votre compte {platform} vient d’être modifié.',
  },
  password_reset: {
    subject: 'Votre mot de passe {platform} a été réinitialisé',
    text: 'Un nouveau mot de passe vient d’être défini pour votre compte {platform}, grâce à un lien que nous vous avons envoyé. Vous avez été déconnecté partout.',
  },
  email_changed: {
    subject: 'Votre adresse e-mail {platform} a été modifiée',
    text: 'L’adresse e-mail de votre compte {platform} vient de passer de {from} à {to}.',
  },
  phone_changed: {
    subject: 'Votre numéro de téléphone {platform} a été modifié',
    text: 'Le numéro de téléphone de votre compte {platform} vient d’être modifié ou supprimé.',
  },
  passkey_added: {
    subject: 'Une clé d’accès a été ajoutée à votre compte {platform}',
    text: 'La clé d’accès « {name} » permet désormais de se connecter à votre compte {platform}.',
  },
  passkey_removed: {
    subject: 'Une clé d’accès a été retirée de votre compte {platform}',
    text: 'La clé d’accès « {name} » ne permet plus de se connecter à votre compte {platform}.',
  },
  signed_out_everywhere: {
    subject: 'Vous avez été déconnecté de {platform} partout',
    text: 'Votre compte {platform} vient d’être déconnecté de tous les autres appareils.',
  },
  data_downloaded: {
    subject: 'Vos données {platform} ont été téléchargées',
    text: 'Tout ce que nous conservons sur votre compte {platform} vient d’être téléchargé.',
  },
  deletion_requested: {
    subject: 'Votre compte {platform} va être supprimé',
    text: 'Vous nous avez demandé de supprimer votre compte {platform}. Il disparaîtra le {date}. D’ici là, vous pouvez vous connecter et le garder.',
  },
  deletion_cancelled: {
    subject: 'Votre compte {platform} est conservé',
    text: 'Finalement, votre compte {platform} ne sera pas supprimé.',
  },
  client_secret_replaced: {
    subject: 'Un secret client de {app} a été remplacé',
    text: 'Un nouveau secret client a été créé pour {app} ({environment}).',
  },
  api_key_created: {
    subject: 'Une clé API de {app} a été créée',
    text: 'La clé API « {name} » a été créée pour {app} ({environment}).',
  },
  api_key_replaced: {
    subject: 'Une clé API de {app} a été remplacée',
    text: 'Une nouvelle clé a pris la place de la clé API « {name} » de {app} ({environment}).',
  },
  member_added: {
    subject: 'Une personne a rejoint {app}',
    text: '{member} peut désormais travailler sur {app}.',
  },
  app_disabled: {
    subject: '{app} a été désactivée',
    text: '{app} a été désactivée : plus personne ne peut s’inscrire avec elle, et ses clés n’ouvrent plus rien.',
  },
  app_enabled: {
    subject: '{app} a été activée',
    text: '{app} fonctionne de nouveau, ses clés aussi.',
  },
  app_deleted: {
    subject: '{app} a été supprimée',
    text: '{app} a été supprimée, avec ses clés et tout ce qu’elle savait de ses utilisateurs.',
  },
  origin_added: {
    subject: '{app} a une nouvelle origine',
    text: 'Les pages de {address} peuvent désormais recevoir les données des personnes qui s’inscrivent avec {app} ({environment}).',
  },
  redirect_uri_added: {
    subject: '{app} a une nouvelle URI de redirection',
    text: 'Les personnes qui s’inscrivent avec {app} ({environment}) peuvent désormais être envoyées vers {address}.',
  },
  signup_endpoint_changed: {
    subject: 'Le point d’inscription de {app} a été modifié',
    text: 'Les nouveaux utilisateurs de {app} ({environment}) sont désormais signalés à {address}.',
  },
  member_role_changed: {
    subject: 'Un rôle dans {app} a été modifié',
    text: 'Le rôle de {member} dans {app} est désormais : {role}.',
  },
  member_removed: {
    subject: 'Une personne a quitté {app}',
    text: '{member} ne peut plus travailler sur {app}.',
  },
  own_role_changed: {
    subject: 'Votre rôle dans {app} a été modifié',
    text: 'Votre rôle dans {app} est désormais : {role}.',
  },
  removed_from_app: {
    subject: 'Vous ne travaillez plus sur {app}',
    text: 'Vous avez été retiré des membres de {app}.',
  },
  roles: { owner: 'Propriétaire', developer: 'Développeur', 'read-only': 'Lecture seule' },
  by: 'Effectué par {by}.',
  byOperator: 'Effectué par l’exploitant de {platform}.',
  footer:
    'Si c’était vous, vous n’avez rien à faire. Sinon, connectez-vous, changez votre mot de passe et déconnectez tous les autres appareils :\n\n{link}',
  appFooter:
    'Si vous êtes au courant, vous n’avez rien à faire. Sinon, demandez à un propriétaire de l’application, et vérifiez ses membres et ses clés :\n\n{link}',
};
