import type { Strings } from './en.ts';

export const nl: Strings = {
  title: 'Profiel',
  lead: 'Wat je met winkels kunt delen. Elke winkel krijgt alleen waar je mee hebt ingestemd, en ziet je wijzigingen zolang je het deelt.',
  testPerson: 'Alle ontwikkelaars gebruiken deze testpersoon. Je kunt hem bekijken, maar niet wijzigen.',
  aboutYou: 'Over jou',
  nothingYet: 'Niet ingevuld',
  done: {
    name: 'Je naam is opgeslagen.',
    phone: 'Je telefoonnummer is opgeslagen.',
    phoneRemoved: 'Je telefoonnummer is verwijderd.',
    language: 'Je taal is opgeslagen.',
    picture: 'Je foto is opgeslagen.',
    pictureRemoved: 'Je foto is verwijderd.',
    addressAdded: 'Het adres is toegevoegd.',
    addressSaved: 'Het adres is opgeslagen.',
    addressRemoved: 'Het adres is verwijderd.',
    addressDefault: 'Winkels krijgen voortaan dit adres: het is je standaardadres.',
  },
  name: {
    title: 'Je naam',
    lead: 'Zoals hij op een pakket of factuur moet staan.',
  },
  phone: {
    title: 'Je telefoonnummer',
    lead: 'Zodat een winkel of bezorger je kan bereiken. Laat het leeg om het te verwijderen.',
  },
  language: {
    title: 'Je taal',
    lead: 'De taal van deze pagina’s en van onze mails. Winkels waarmee je haar deelt, kunnen je in die taal schrijven.',
    browser: 'Zoals mijn browser aangeeft',
    notOffered: 'Kies een taal uit de lijst.',
  },
  picture: {
    title: 'Je foto',
    label: 'Bestand met je foto',
    hint: 'Een JPEG-, PNG-, WebP-, GIF- of AVIF-bestand van hoogstens {size}. We gebruiken het vierkant in het midden en bewaren niets anders uit het bestand, zoals waar de foto is gemaakt.',
    remove: 'Foto verwijderen',
    alt: 'Je foto',
    errors: {
      required: 'Kies eerst een bestand.',
      too_large: 'Dit bestand is te groot. Kies er een van hoogstens {size}.',
      not_a_picture:
        'We kunnen dit bestand niet gebruiken. Kies een stilstaande foto in JPEG-, PNG-, WebP-, GIF- of AVIF-formaat.',
      too_many_pixels: 'Deze foto heeft te veel pixels. Maak hem kleiner en probeer het opnieuw.',
    },
  },
  addresses: {
    title: 'Postadressen',
    lead: 'Winkels waarmee je je adres deelt, krijgen het standaardadres.',
    none: 'Er is nog geen adres. Voeg er een toe, dan hoef je het nooit meer te typen.',
    full: 'Je kunt hoogstens {count} adressen bewaren. Verwijder er een om een ander toe te voegen.',
    default: 'Standaard',
    add: 'Adres toevoegen',
    edit: 'Wijzigen',
    makeDefault: 'Als standaard instellen',
    remove: 'Verwijderen',
    addTitle: 'Adres toevoegen',
    editTitle: 'Adres wijzigen',
    asDefault: 'Maak dit mijn standaardadres: het adres dat winkels krijgen',
    isDefault: 'Dit is je standaardadres. Winkels waarmee je het deelt, zien de wijziging.',
    removeTitle: 'Dit adres verwijderen?',
    removeDefault: 'Het is je standaardadres. Winkels krijgen daarna het volgende uit je lijst:',
    removeLast: 'Het is je enige adres. Winkels waarmee je het deelt, kunnen het daarna niet meer lezen.',
    removeSubmit: 'Adres verwijderen',
    errors: {
      gone: 'Dit adres is in een ander venster gewijzigd of verwijderd. Er is niets gedaan; zo is het nu.',
      goneWhileEditing:
        'Dit adres is in een ander venster gewijzigd of verwijderd. Wat je hebt getypt, staat er nog: je kunt het als nieuw adres opslaan.',
      known: 'Je hebt dit adres al.',
    },
  },
};
