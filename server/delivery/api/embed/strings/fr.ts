import type { EmbedStrings } from './en.ts';

export const fr: EmbedStrings = {
  errors: {
    user_name_required: 'Saisissez une adresse e-mail ou un nom d’utilisateur.',
    user_name_invalid:
      'Saisissez une adresse e-mail comme nom@example.com, ou un nom d’utilisateur composé de lettres, de chiffres et de . _ -',
    user_name_too_short: 'Choisissez un nom d’utilisateur d’au moins {count} caractères.',
    user_name_too_long: 'Choisissez une adresse e-mail ou un nom d’utilisateur de {count} caractères au plus.',
    user_exists:
      'Il existe déjà un compte avec cette adresse e-mail ou ce nom d’utilisateur. Connectez-vous ou choisissez-en un autre.',
    password_required: 'Saisissez un mot de passe.',
    password_invalid: 'Ce mot de passe contient quelque chose qui ne peut pas être utilisé. Choisissez-en un autre.',
    password_too_short: 'Utilisez au moins {count} caractères pour le mot de passe.',
    password_too_long: 'Utilisez {count} caractères au plus pour le mot de passe.',
    password_matches_user_name:
      'Choisissez un mot de passe différent de votre adresse e-mail ou de votre nom d’utilisateur.',
    password_common: 'Beaucoup de gens utilisent ce mot de passe : il est facile à deviner. Choisissez-en un autre.',
    first_name_invalid: 'Le prénom contient quelque chose qui ne peut pas être utilisé ici.',
    first_name_too_long: 'Utilisez {count} caractères au plus pour le prénom.',
    last_name_invalid: 'Le nom contient quelque chose qui ne peut pas être utilisé ici.',
    last_name_too_long: 'Utilisez {count} caractères au plus pour le nom.',
    language_required: 'La langue manque. Choisissez une langue et réessayez.',
    language_invalid: 'Nous ne comprenons pas cette langue. Choisissez-en une autre, comme « en » ou « fr ».',
    invalid_credentials:
      'L’adresse e-mail ou le nom d’utilisateur et le mot de passe ne correspondent pas. Vérifiez-les et réessayez.',
    too_many_attempts: 'Trop de tentatives. Attendez un moment, puis réessayez.',
    too_many_requests: 'Trop de personnes utilisent ce service en ce moment. Attendez un peu, puis réessayez.',
    invalid_json:
      'L’application a envoyé quelque chose qui n’est pas du JSON (ligne {line}, colonne {column}). Signalez-le à ses auteurs.',
    invalid_request:
      'L’application a envoyé quelque chose d’inutilisable. Signalez-le à ses auteurs : le corps doit être un objet JSON.',
    invalid_api_key: 'L’application est mal configurée. Signalez-le à ses auteurs : X-Api-Key est absent ou incorrect.',
    app_disabled: 'L’application est désactivée en ce moment. Réessayez plus tard ou demandez à ses auteurs.',
    read_only_key: 'L’application est mal configurée. Signalez-le à ses auteurs : la clé ne permet que la lecture.',
    address_not_allowed:
      'L’application est mal configurée. Signalez-le à ses auteurs : la clé n’est pas valable depuis cette adresse réseau.',
    not_found: 'Il n’y a rien à cette adresse. Signalez-le aux auteurs de l’application.',
    method_not_allowed:
      'L’application a mal formulé sa demande. Signalez-le à ses auteurs : cette adresse accepte POST.',
    invalid_idempotency_key:
      'L’application a mal formulé sa demande. Signalez-le à ses auteurs : Idempotency-Key compte de 1 à 255 caractères.',
    idempotency_key_reused:
      'L’application a utilisé le même Idempotency-Key pour deux demandes. Réessayez ou signalez-le à ses auteurs.',
    request_under_way: 'Nous y travaillons encore. Attendez un instant, puis réessayez.',
    body_too_large: 'C’est plus que ce que nous pouvons accepter. Raccourcissez vos réponses.',
    unsupported_media_type:
      'L’application a mal formulé sa demande. Signalez-le à ses auteurs : Content-Type doit être application/json.',
    internal_error:
      'Un problème est survenu de notre côté. Réessayez et, si cela se reproduit, indiquez-nous ce numéro : {requestId}.',
  },
  forgotPassword: {
    header: 'Consultez votre messagerie',
    body: 'S’il existe un compte avec cette adresse e-mail, nous venons d’y envoyer un message qui vous permet d’obtenir un nouveau mot de passe.',
  },
};
