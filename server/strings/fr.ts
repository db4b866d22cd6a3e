import type { Strings } from './en.ts';

export const fr: Strings = {
  common: {
    cancel: 'Annuler',
    closeWindow: 'Fermer la fenêtre',
    closeByHand: 'Votre navigateur garde cette fenêtre ouverte. Vous pouvez la fermer vous-même.',
    sandbox: 'Bac à sable — personnes fictives, rien n’est réel',
    nothingYet: 'Rien n’est partagé sans votre accord.',
    continuingTo: 'Vous continuez vers',
    opensNewWindow: '(s’ouvre dans une nouvelle fenêtre)',
    checkFields: 'Certaines réponses sont à revoir. Elles sont signalées ci-dessous.',
    tooManyAttempts: 'Trop de tentatives. Réessayez dans {duration}.',
    tooManyAttemptsLater: 'Trop de tentatives. Patientez un moment, puis réessayez.',
  },
  password: {
    label: 'Mot de passe',
    show: 'Afficher',
    hide: 'Masquer',
    shown: 'Les caractères sont maintenant visibles',
    hidden: 'Les caractères sont maintenant masqués',
  },
  signIn: {
    title: 'Se connecter',
    email: 'Adresse e-mail',
    submit: 'Se connecter',
    newHere: 'Nouveau sur {platform} ?',
    createAccount: 'Créer un compte',
    personas: 'Continuer en tant que personne fictive',
    or: 'ou',
    errors: {
      invalid_credentials: 'L’adresse e-mail et le mot de passe ne correspondent pas. Vérifiez-les, puis réessayez.',
      account_blocked: 'Vous ne pouvez pas vous connecter avec ce compte. Demandez de l’aide à {platform}.',
    },
  },
  personaTraits: {
    newcomer: 'Est nouvelle, avec une adresse e-mail pour seule information',
    returning: 'A déjà partagé ses données avec votre boutique',
    complete: 'A renseigné toutes ses informations',
    long_name: 'Porte un nom très long',
    right_to_left: 'Écrit de droite à gauche',
    unverified_email: 'N’a pas confirmé son adresse e-mail',
    declines: 'Refuse : votre page reçoit access_denied',
    blocked: 'A un compte bloqué',
  },
  signUp: {
    title: 'Créez votre compte',
    heading: 'Créez votre compte {platform}',
    firstName: 'Prénom',
    lastName: 'Nom',
    submit: 'Créer le compte',
    haveAccount: 'Vous avez déjà un compte ?',
    signInInstead: 'Connectez-vous',
    passwordHint: 'Au moins {count} caractères. Quelques mots sans rapport entre eux conviennent bien.',
    strength: 'Robustesse : {level}',
    strengthLevels: {
      tooShort: 'trop court',
      weak: 'facile à deviner',
      fair: 'peut mieux faire',
      good: 'bien',
      strong: 'très bien',
    },
  },
  errors: {
    required: 'Remplissez ce champ.',
    valid_email: 'Saisissez une adresse e-mail, par exemple nom@exemple.fr.',
    too_short: 'Utilisez au moins {count} caractères.',
    too_long: 'C’est trop long.',
    common_password: 'Beaucoup de gens l’utilisent, il est donc facile à deviner. Choisissez-en un autre.',
    same_as_email: 'Choisissez autre chose que votre adresse e-mail.',
    valid_characters: 'Certains caractères ne peuvent pas être utilisés ici.',
    valid_phone_number: 'Saisissez le numéro avec l’indicatif du pays, par exemple +33 6 12 34 56 78.',
    valid_country: 'Choisissez un pays dans la liste.',
  },
  consent: {
    title: 'Partager vos informations',
    heading: 'Partager vos informations avec {vendor} ?',
    signedInAs: 'Connecté en tant que',
    useAnother: 'Utiliser un autre compte',
    receives: '{vendor} recevra',
    optional: 'Facultatif',
    unverified: 'Pas encore confirmée',
    alreadyShared: 'Déjà partagé et envoyé à nouveau : {fields}.',
    onlyIdentifier: 'Seulement un identifiant créé pour {vendor} : ni nom, ni adresse e-mail.',
    vendorRefused: 'Votre compte chez {vendor} n’a pas pu être créé. La boutique indique :',
    vendorUnavailable: 'Votre compte chez {vendor} n’a pas pu être créé pour le moment. Réessayez un peu plus tard.',
    pictureAlt: 'Votre photo',
    privacyPolicy: 'Politique de confidentialité',
    terms: 'Conditions d’utilisation',
    submit: 'Partager et continuer',
    chooseCountry: 'Choisissez un pays',
  },
  fields: {
    name: 'Nom',
    email: 'Adresse e-mail',
    phone_number: 'Numéro de téléphone',
    address: 'Adresse',
    locale: 'Langue',
    picture: 'Photo',
  },
  inputs: {
    given_name: 'Prénom',
    family_name: 'Nom de famille',
    phone_number: 'Numéro de téléphone avec indicatif',
    street_address: 'Numéro et rue',
    postal_code: 'Code postal',
    locality: 'Ville',
    region: 'Région',
    country: 'Pays',
  },
  deliver: {
    title: 'Retour',
    heading: 'Retour vers {vendor}…',
    deliveredHeading: 'Vous pouvez retourner vers {vendor}',
    delivered: 'Tout est prêt. Fermez cette fenêtre pour continuer.',
    unreachableHeading: 'Le retour vers {vendor} a échoué',
    unreachable:
      'La page qui a ouvert cette fenêtre est injoignable, rien n’a donc été envoyé. Fermez cette fenêtre, retournez vers {vendor} et réessayez.',
    noScript:
      'Cette dernière étape nécessite JavaScript, rien n’a donc été envoyé. Activez-le, fermez cette fenêtre et réessayez depuis {vendor}.',
  },
  confirmEmail: {
    ask: {
      title: 'Confirmez votre adresse e-mail',
      explanation:
        'L’adresse à laquelle nous avons écrit est-elle la vôtre, et vous êtes-vous inscrit chez {platform} ? Alors confirmez-la ici. Sinon, fermez cette page : il ne se passera rien.',
    },
    confirmed: {
      title: 'Votre adresse e-mail est confirmée',
      explanation:
        'Les boutiques avec lesquelles vous la partagez via {platform} voient qu’elle est à vous. Vous pouvez fermer cette page.',
    },
    refused: {
      title: 'Ce lien ne fonctionne plus',
      explanation:
        'Il a peut-être plus d’un jour, a déjà servi, ou concerne une adresse confirmée avec un autre compte {platform}.',
    },
    submit: 'Confirmer cette adresse',
  },
  errorPage: {
    nothingShared: 'Rien n’a été partagé.',
    forDevelopers: 'Pour les développeurs',
    requestId: 'Identifiant de la requête',
    unknown_app: {
      title: 'Nous ne connaissons pas cette boutique',
      explanation:
        'La page d’où vous venez a demandé à {platform} de vous connecter, mais elle n’est pas enregistrée ici.',
      whatToDo: 'Revenez en arrière et inscrivez-vous autrement, ou prévenez la boutique.',
    },
    app_disabled: {
      title: 'Cette boutique est désactivée',
      explanation: 'L’inscription avec {platform} n’est pas disponible pour cette boutique en ce moment.',
      whatToDo: 'Revenez en arrière et inscrivez-vous autrement.',
    },
    origin_not_registered: {
      title: 'Cette page n’a pas le droit de demander vos informations',
      explanation:
        'La boutique n’a pas enregistré la page qui a ouvert cette fenêtre. C’est peut-être une erreur de la boutique, ou quelqu’un qui se fait passer pour elle.',
      whatToDo: 'Vérifiez l’adresse de la page d’où vous venez. Si elle ne vous inspire pas confiance, fermez-la.',
    },
    invalid_request: {
      title: 'La demande de la boutique est incorrecte',
      explanation: 'La page d’où vous venez a envoyé quelque chose que nous ne pouvons pas traiter.',
      whatToDo: 'Revenez en arrière et réessayez. Si cela se reproduit, prévenez la boutique.',
    },
    expired: {
      title: 'Le délai est dépassé',
      explanation: 'Pour protéger votre compte, la connexion s’interrompt d’elle-même après un certain temps.',
      whatToDo: 'Fermez cette fenêtre, retournez à la boutique et cliquez de nouveau sur le bouton.',
    },
    forbidden: {
      title: 'Nous n’avons pas pu accepter ce formulaire',
      explanation:
        'Nous ne pouvons pas savoir s’il vient de vous. Cela arrive lorsque les cookies sont bloqués ou que vous vous êtes connecté dans une autre fenêtre.',
      whatToDo: 'Autorisez les cookies pour ce site, fermez cette fenêtre et réessayez.',
    },
    not_found: {
      title: 'Il n’y a rien ici',
      explanation: 'L’adresse est peut-être erronée ou périmée.',
      whatToDo: 'Fermez cette fenêtre et retournez à la page d’où vous venez.',
    },
    too_many_requests: {
      title: 'Trop de requêtes',
      explanation: 'Votre réseau a envoyé plus de requêtes que nous ne pouvons en traiter à la fois.',
      whatToDo: 'Attendez une minute, puis réessayez.',
    },
    server_error: {
      title: 'Un problème est survenu de notre côté',
      explanation: 'C’est notre faute, pas la vôtre.',
      whatToDo:
        'Fermez cette fenêtre et réessayez. Si cela se reproduit, envoyez-nous l’identifiant de la requête ci-dessous.',
    },
  },
};
