import type { Strings } from './en.ts';

export const fr: Strings = {
  title: 'Se connecter à {platform}',
  lead: 'Consultez et modifiez ce que nous conservons sur vous, et qui le reçoit.',
  confirmTitle: 'Est-ce bien vous\u00a0?',
  confirmLead: 'Pour protéger votre compte, montrez encore une fois que c’est vous.',
  confirm: 'Continuer',
  signedInAs: 'Connecté en tant que',
  noPassword: 'Votre compte n’a pas encore de mot de passe. Nous pouvons vous envoyer un lien pour en définir un.',
  setByMail: 'Définir un mot de passe par e-mail',
  forgot: {
    lead: 'Indiquez votre adresse e-mail\u00a0: nous vous enverrons un lien pour choisir un nouveau mot de passe.',
    submit: 'Envoyer le lien',
    back: 'Retour à la connexion',
    sentTitle: 'Consultez vos e-mails',
    sent: 'Nous avons écrit à l’adresse que vous avez indiquée. Si un compte y est associé, notre message contient un lien pour choisir un nouveau mot de passe. Il est valable 1 heure.',
    hint: 'Toujours rien après quelques minutes\u00a0? Regardez parmi les indésirables, ou essayez une autre adresse.',
    another: 'Essayer une autre adresse',
  },
  reset: {
    title: 'Choisissez un nouveau mot de passe',
    lead: 'Pour le compte associé à {email}. Il sera déconnecté partout.',
    label: 'Nouveau mot de passe',
    submit: 'Enregistrer le mot de passe',
    refusedTitle: 'Ce lien ne fonctionne plus',
    refused: 'Il date peut-être de plus d’une heure, ou il a déjà servi. Demandez-en un nouveau.',
    again: 'Demander un nouveau lien',
  },
  done: {
    password_reset: 'Votre nouveau mot de passe est enregistré. Connectez-vous avec celui-ci.',
  },
};
