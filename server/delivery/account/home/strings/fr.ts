import type { Strings } from './en.ts';

export const fr: Strings = {
  title: 'Bonjour {name}',
  titleNameless: 'Bonjour',
  lead: 'Tout ce que nous conservons sur vous, et tous ceux qui le reçoivent, au même endroit.',
  profile: 'Vos noms, numéro de téléphone, adresses et photo',
  security: 'Votre adresse e-mail, votre mot de passe et vos clés d’accès',
  sessions: 'Les appareils et navigateurs qui utilisent votre compte',
  shops: 'Ce que vous partagez, avec qui, et quand ils l’ont lu pour la dernière fois',
  data: 'Emportez vos données, ou faites-les supprimer',
  apps: 'Placez le bouton sur vos propres pages',
  docs: 'Chaque appel pour votre backend, avec des exemples',
};
