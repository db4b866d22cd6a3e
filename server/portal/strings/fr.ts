import type { Strings } from './en.ts';

export const fr: Strings = {
  account: 'Votre compte',
  menu: 'Menu',
  skip: 'Aller au contenu',
  signOut: 'Se déconnecter',
  forDevelopers: 'Pour les développeurs',
  nav: {
    home: 'Vue d’ensemble',
    profile: 'Profil',
    security: 'Connexion et sécurité',
    sessions: 'Où vous êtes connecté',
    shops: 'Boutiques connectées',
    data: 'Vos données',
    apps: 'Applications et clés API',
    docs: 'Documentation de l’API',
  },
  app: {
    all: 'Toutes les applications',
    disabled: 'Désactivée',
    tabs: { overview: 'Vue d’ensemble', members: 'Membres', settings: 'Paramètres' },
    environments: { localhost: 'Localhost', 'development:sandbox': 'Bac à sable', production: 'Production' },
    environmentTabs: {
      setup: 'Installation',
      keys: 'Secret et clés',
      code: 'Code',
      events: 'Événements',
      doctor: 'Diagnostic',
    },
  },
  save: 'Enregistrer',
  cancel: 'Annuler',
  back: 'Retour',
  required: 'Obligatoire',
  optional: 'Facultatif',
  checkFields: 'Certaines réponses sont à revoir. Elles sont signalées ci-dessous.',
  errorPage: {
    requestId: 'Identifiant de la requête',
    toStart: 'Aller à votre compte',
    invalid_request: {
      title: 'Quelque chose ne va pas',
      explanation: 'Nous n’avons pas pu traiter ce que votre navigateur a envoyé. Revenez en arrière et réessayez.',
    },
    forbidden: {
      title: 'Nous n’avons pas pu accepter ce formulaire',
      explanation:
        'Nous ne pouvons pas savoir s’il vient de vous. Cela arrive lorsque la page est restée longtemps ouverte, ou que vous vous êtes connecté ou déconnecté dans une autre fenêtre. Rouvrez la page et envoyez de nouveau le formulaire.',
    },
    not_allowed: {
      title: 'Vous ne pouvez pas faire cela',
      explanation:
        'Votre rôle dans cette application ne le permet pas. Adressez-vous à un propriétaire de l’application.',
    },
    test_person: {
      title: 'Les personnes fictives restent telles quelles',
      explanation:
        'Tous les développeurs les utilisent. Créez votre propre compte dans le bac à sable pour essayer ceci.',
    },
    not_found: {
      title: 'Il n’y a rien ici',
      explanation: 'L’adresse est peut-être erronée ou périmée, ou elle appartient à quelqu’un d’autre.',
    },
    server_error: {
      title: 'Un problème est survenu de notre côté',
      explanation:
        'C’est notre faute, pas la vôtre. Réessayez\u00a0; si cela se reproduit, envoyez-nous l’identifiant de la requête ci-dessous.',
    },
  },
};
