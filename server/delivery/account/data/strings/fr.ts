import type { Strings } from './en.ts';

export const fr: Strings = {
  lead: 'Elles sont à vous\u00a0: emportez-les ou faites-les supprimer.',
  download: {
    title: 'Télécharger mes données',
    lead: 'Tout ce que nous conservons sur vous, dans un seul fichier.',
    contains: 'Le fichier (JSON, lisible par tout éditeur de texte) contient\u00a0:',
    parts: {
      profile: 'Votre profil\u00a0: noms, numéro de téléphone, adresses, langue et photo',
      signIn: 'Votre adresse e-mail et son état, les noms de vos clés d’accès et les lieux où vous êtes connecté',
      shops:
        'Les boutiques avec lesquelles vous avez partagé\u00a0: quelles informations, et quand elles les ont reçues en dernier',
      apps: 'Les applications sur lesquelles vous travaillez comme développeur',
      log: 'Le journal des actes de sécurité sur votre compte',
    },
    withoutSecrets:
      'Il ne contient ni mots de passe ni clés. Conservez-le tout de même en lieu sûr. Nous vous préviendrons par e-mail de ce téléchargement.',
    submit: 'Télécharger',
  },
  deletion: {
    title: 'Supprimer mon compte',
    lead: 'Vous pouvez changer d’avis pendant un certain temps. Ensuite, il disparaît pour de bon.',
    question: 'Supprimer votre compte\u00a0?',
    happens: 'Ce qui se passe',
    points: {
      disconnected: 'Toutes les boutiques sont déconnectées aussitôt. Aucune ne peut plus rien lire ici.',
      signedOut: 'Vous êtes déconnecté de tous les autres appareils.',
      grace:
        'Pendant {days}, vous pouvez vous connecter ici et conserver votre compte. Nous vous enverrons la date par e-mail.',
      gone: 'Ensuite, nous supprimons votre compte et tout ce que {platform} conserve sur vous. Personne ne peut le rétablir.',
    },
    stays: 'Ce qui reste',
    shopsKeep:
      'Ce que les boutiques ont reçu de vous reste chez elles\u00a0: elles le conservent ou le suppriment selon leurs propres politiques de confidentialité. Adressez-vous à elles pour le faire supprimer aussi.',
    auditLog:
      'Notre journal des actes de sécurité conserve le numéro aléatoire de votre compte et les adresses réseau depuis lesquelles il a été utilisé. Il ne contient ni votre nom ni votre adresse e-mail.',
    soleOwner:
      'Vous êtes le seul propriétaire de ces applications\u00a0: vous ne pouvez pas encore supprimer votre compte. Désignez un autre propriétaire pour chacune, ou désactivez-la.',
    continue: 'Continuer',
    confirmTitle: 'Supprimer mon compte',
    understood: 'Je comprends que mon compte et mes données seront supprimés le {date}.',
    notUnderstood: 'Cochez cette case si vous voulez continuer.',
    submit: 'Supprimer mon compte',
  },
  leaving: {
    title: 'Votre compte sera bientôt supprimé',
    due: 'Vous nous avez demandé de le supprimer. Il disparaîtra le {date}.',
    until: 'D’ici là, rien n’est partagé et personne ne peut s’inscrire avec. Vous pouvez encore le conserver.',
    keep: 'Conserver mon compte',
    shops: 'Si vous le conservez, vos boutiques restent déconnectées jusqu’à ce que vous les utilisiez à nouveau.',
  },
  done: {
    kept: 'Votre compte est conservé. Vos boutiques restent déconnectées jusqu’à ce que vous les utilisiez à nouveau.',
  },
};
