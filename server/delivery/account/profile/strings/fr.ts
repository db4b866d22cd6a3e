import type { Strings } from './en.ts';

export const fr: Strings = {
  title: 'Profil',
  lead: 'Ce que vous pouvez partager avec des boutiques. Chacune ne reçoit que ce que vous avez accepté et voit vos modifications tant que vous le partagez.',
  testPerson: 'Tous les développeurs utilisent cette personne fictive\u00a0: elle se consulte, mais ne se modifie pas.',
  aboutYou: 'À propos de vous',
  nothingYet: 'Non renseigné',
  done: {
    name: 'Votre nom est enregistré.',
    phone: 'Votre numéro de téléphone est enregistré.',
    phoneRemoved: 'Votre numéro de téléphone est supprimé.',
    language: 'Votre langue est enregistrée.',
    picture: 'Votre photo est enregistrée.',
    pictureRemoved: 'Votre photo est supprimée.',
    addressAdded: 'L’adresse est ajoutée.',
    addressSaved: 'L’adresse est enregistrée.',
    addressRemoved: 'L’adresse est supprimée.',
    addressDefault: 'Les boutiques reçoivent désormais cette adresse\u00a0: c’est votre adresse par défaut.',
  },
  name: {
    title: 'Votre nom',
    lead: 'Tel qu’il doit figurer sur un colis ou une facture.',
  },
  phone: {
    title: 'Votre numéro de téléphone',
    lead: 'Pour qu’une boutique ou un livreur puisse vous joindre. Laissez le champ vide pour le supprimer.',
  },
  language: {
    title: 'Votre langue',
    lead: 'La langue de ces pages et de nos e-mails. Les boutiques avec lesquelles vous la partagez peuvent vous écrire dans cette langue.',
    browser: 'Celle de mon navigateur',
    notOffered: 'Choisissez une langue dans la liste.',
  },
  picture: {
    title: 'Votre photo',
    label: 'Fichier de la photo',
    hint: 'Un fichier JPEG, PNG, WebP, GIF ou AVIF de {size} au maximum. Nous utilisons le carré du milieu et ne gardons rien d’autre du fichier, pas même le lieu de la prise de vue.',
    remove: 'Supprimer la photo',
    alt: 'Votre photo',
    errors: {
      required: 'Choisissez d’abord un fichier.',
      too_large: 'Ce fichier est trop volumineux. Choisissez-en un de {size} au maximum.',
      not_a_picture:
        'Nous ne pouvons pas utiliser ce fichier. Choisissez une image fixe au format JPEG, PNG, WebP, GIF ou AVIF.',
      too_many_pixels: 'Cette image a trop de pixels. Réduisez-la, puis réessayez.',
    },
  },
  addresses: {
    title: 'Adresses postales',
    lead: 'Les boutiques avec lesquelles vous partagez votre adresse reçoivent celle par défaut.',
    none: 'Il n’y a pas encore d’adresse. Ajoutez-en une et vous n’aurez plus jamais à la saisir.',
    full: 'Vous pouvez garder jusqu’à {count} adresses. Supprimez-en une pour en ajouter une autre.',
    default: 'Par défaut',
    add: 'Ajouter une adresse',
    edit: 'Modifier',
    makeDefault: 'Définir par défaut',
    remove: 'Supprimer',
    addTitle: 'Ajouter une adresse',
    editTitle: 'Modifier l’adresse',
    asDefault: 'En faire mon adresse par défaut\u00a0: celle que les boutiques reçoivent',
    isDefault: 'C’est votre adresse par défaut. Les boutiques avec lesquelles vous la partagez voient la modification.',
    removeTitle: 'Supprimer cette adresse\u00a0?',
    removeDefault: 'C’est votre adresse par défaut. Les boutiques recevront ensuite la suivante de votre liste\u00a0:',
    removeLast:
      'C’est votre seule adresse. Les boutiques avec lesquelles vous la partagez ne pourront plus la consulter.',
    removeSubmit: 'Supprimer l’adresse',
    errors: {
      gone: 'Cette adresse a été modifiée ou supprimée dans une autre fenêtre. Rien n’a été fait\u00a0; voici ce qu’il en est maintenant.',
      goneWhileEditing:
        'Cette adresse a été modifiée ou supprimée dans une autre fenêtre. Votre saisie est toujours là\u00a0: vous pouvez l’enregistrer comme nouvelle adresse.',
      known: 'Vous avez déjà cette adresse.',
    },
  },
};
