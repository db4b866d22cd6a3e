import type { Strings } from './strings.ts';

export const words: Strings = {
  language: 'fr',
  signup: 'S’inscrire avec {platform}',
  signin: 'Se connecter avec {platform}',
  continue: 'Continuer avec {platform}',
  known: 'Continuer en tant que {name}',
  required: 'Utilisez d’abord ce bouton.',
  failed: 'Cela n’a pas fonctionné. Veuillez réessayer.',
  show: 'Afficher la fenêtre ouverte',
  restart: 'Recommencer',
  again: 'Utiliser un autre compte',
  waiting: 'Continuez dans la fenêtre qui vient de s’ouvrir.',
  checking: 'Un instant…',
  completed: 'C’est fait. Vous avez partagé ceci avec le site\u00a0:',
  code: 'C’est fait.',
  cancelled: 'Annulé. Rien n’a été partagé.',
  popup_blocked:
    'Votre navigateur a bloqué la fenêtre. Autorisez les fenêtres pop-up pour ce site, puis cliquez de nouveau sur le bouton.',
  popup_unreachable: 'La fenêtre n’a pas pu joindre cette page. Réessayez, ou continuez sans elle.',
  timed_out: 'Cela a pris trop de temps. Cliquez sur le bouton pour recommencer.',
  misconfigured: 'Ce n’est pas disponible pour le moment.',
  delivered: 'C’est fait. Vous pouvez fermer cette fenêtre.',
  orphaned:
    'La page d’où vous venez n’attend plus cette réponse. Fermez cette fenêtre, retournez sur cette page et cliquez de nouveau sur le bouton.',
  name: 'Nom',
  email: 'E-mail',
  not_confirmed: 'non confirmé',
  phone_number: 'Téléphone',
  address: 'Adresse',
  locale: 'Langue',
};
