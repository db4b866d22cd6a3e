import type { Strings } from './en.ts';

export const fr: Strings = {
  title: 'Événements',
  lead: 'Ce qui s’est passé dans cet environnement, du plus récent au plus ancien.',
  kept: 'Les événements sont conservés 30 jours. Ils ne contiennent ni adresse e-mail, ni nom, ni adresse réseau d’une personne, ni secret, ni jeton\u00a0: les personnes n’y figurent que sous l’identifiant d’utilisateur que connaît votre application. Les heures sont en UTC.',
  filter: 'Filtrer les événements',
  group: 'Afficher',
  groups: {
    all: 'Tout',
    problems: 'Problèmes seulement',
    popup: 'Fenêtre',
    credentials: 'Credentials et jetons',
    api: 'Appels d’API',
    login: 'external_login',
    embed: 'Inscription intégrée',
  },
  search: 'Rechercher',
  searchHint: 'Identifiant de requête ou d’utilisateur, statut ou un mot',
  apply: 'Afficher les événements',
  clear: 'Tout afficher',
  list: 'Événements, du plus récent au plus ancien',
  none: 'Il ne s’est rien passé ici ces 30 derniers jours. Ouvrez la fenêtre depuis votre page, ou faites un appel avec l’une de vos clés\u00a0: vous le verrez en une seconde.',
  noneFound: 'Aucun événement ne correspond.',
  noneFoundYet: 'Aucun événement ne correspond pour l’instant. Il en reste de plus anciens à parcourir.',
  newest: 'Plus récents',
  older: 'Plus anciens',
  pages: 'Pages d’événements',
  live: 'En direct',
  liveHint: 'Afficher les nouveaux événements dès qu’ils arrivent',
  liveOn: 'Les nouveaux événements s’affichent dès qu’ils arrivent.',
  livePaused: 'En pause\u00a0: les nouveaux événements ne s’affichent pas.',
  liveReconnecting: 'La connexion est interrompue. Nouvelle tentative.',
  liveStopped: 'Les nouveaux événements ne s’affichent plus. Rechargez la page pour continuer.',
  newEvents: 'Nouveaux événements\u00a0: {count}',
  requestId: 'Identifiant de requête',
  userId: 'Identifiant d’utilisateur',
  status: 'Statut',
  whatToDo: 'Que faire',
  details: 'Détails',
  tags: {
    popup: 'Fenêtre',
    endpoint: 'Endpoint',
    credential: 'Credential',
    code: 'Code',
    token: 'Jeton',
    api: 'API',
    embed: 'Intégré',
    login: 'Connexion',
    log: 'Journal',
  },
  advice: {
    originNotRegistered:
      'Une page de {origin} a voulu ouvrir la fenêtre, et cet environnement ne connaît pas cette origine. Si la page est à vous, ajoutez l’origine dans «\u00a0{setup} », exactement comme elle figure ici. Sinon, il n’y a rien à faire\u00a0: rien ne lui a été envoyé.',
    notAnOrigin:
      'La requête doit indiquer une origine et rien d’autre\u00a0: schéma, hôte et port, comme les donne location.origin. Une barre oblique à la fin est déjà de trop.',
    redirectUriNotRegistered:
      'L’URI de redirection de la requête n’est pas enregistrée pour cet environnement. Ajoutez-la dans «\u00a0{setup} », caractère pour caractère comme l’envoie votre serveur.',
    appDisabled:
      'L’application est désactivée\u00a0: personne ne peut s’inscrire et aucune clé ne fonctionne. Un propriétaire peut la réactiver dans «\u00a0{settings} ».',
    invalidRequest:
      'La requête elle-même est incorrecte. «\u00a0hint », dans les détails, dit où\u00a0: corrigez-la dans votre page ou votre serveur.',
    notSilent:
      'Votre requête contenait prompt=none, mais la personne doit d’abord se connecter ou donner son accord. Renvoyez-la sans prompt=none.',
    serverError:
      'L’erreur vient de nous. Réessayez\u00a0; si elle se reproduit, envoyez-nous l’identifiant de requête.',
    signInFailed: 'Vous n’avez rien à faire. La personne en est informée et peut réessayer.',
    endpointRefused:
      'Votre endpoint d’inscription a refusé cette personne, et son message lui a été montré. Votre propre journal dit pourquoi.',
    endpointUnavailable:
      'Votre endpoint d’inscription était injoignable, trop lent, ou n’a pas répondu comme convenu. Personne ne peut s’inscrire tant qu’il ne fonctionne pas. Son adresse se trouve dans «\u00a0{setup} ».',
    tokenRefused:
      'L’endpoint de jetons a refusé votre serveur. «\u00a0error\u00a0» et «\u00a0hint », dans les détails, disent pourquoi. Un code ne sert qu’une fois, et pendant 60 secondes seulement.',
    loginRefused:
      'L’identifiant client, le secret et l’environnement vont ensemble\u00a0: copiez à nouveau les trois. Un nouveau secret se crée dans «\u00a0{keys} ».',
    readOnlyKey: 'Cette clé ne peut que lire. Utilisez pour cet appel une clé avec tous les droits.',
    addressNotAllowed:
      'L’appel venait d’une adresse hors des plages de la clé. Modifiez les plages dans «\u00a0{keys} », ou appelez depuis l’une d’elles.',
    tooManyRequests: 'Les requêtes de cette heure sont épuisées. Attendez le temps indiqué par Retry-After.',
    notFound: 'Cet environnement n’a pas cet utilisateur, ou la personne ne partage plus rien avec vous.',
    callFailed: 'Le corps de la réponse dit quoi corriger. La documentation de l’API explique chaque code d’erreur.',
    omitted:
      'Le nombre d’événements listés par minute et par jour est limité, pour qu’un type n’évince pas les autres. Ce qui n’est pas listé a reçu une réponse normale.',
  },
};
