import type { Strings } from './en.ts';

export const de: Strings = {
  title: 'Profil',
  lead: 'Was Sie mit Shops teilen können. Jeder Shop erhält nur das, dem Sie zugestimmt haben, und sieht Ihre Änderungen, solange Sie es teilen.',
  testPerson: 'Alle Entwickler verwenden diese Testperson. Sie lässt sich ansehen, aber nicht ändern.',
  aboutYou: 'Über Sie',
  nothingYet: 'Nicht ausgefüllt',
  done: {
    name: 'Ihr Name ist gespeichert.',
    phone: 'Ihre Telefonnummer ist gespeichert.',
    phoneRemoved: 'Ihre Telefonnummer ist entfernt.',
    language: 'Ihre Sprache ist gespeichert.',
    picture: 'Ihr Bild ist gespeichert.',
    pictureRemoved: 'Ihr Bild ist entfernt.',
    addressAdded: 'Die Adresse ist hinzugefügt.',
    addressSaved: 'Die Adresse ist gespeichert.',
    addressRemoved: 'Die Adresse ist entfernt.',
    addressDefault: 'Shops erhalten ab jetzt diese Adresse: Sie ist Ihre Standardadresse.',
  },
  name: {
    title: 'Ihr Name',
    lead: 'So, wie er auf einem Paket oder einer Rechnung stehen soll.',
  },
  phone: {
    title: 'Ihre Telefonnummer',
    lead: 'Damit ein Shop oder ein Paketdienst Sie erreicht. Lassen Sie das Feld leer, um sie zu entfernen.',
  },
  language: {
    title: 'Ihre Sprache',
    lead: 'Die Sprache dieser Seiten und unserer E-Mails. Shops, mit denen Sie sie teilen, können Ihnen in dieser Sprache schreiben.',
    browser: 'Wie in meinem Browser eingestellt',
    notOffered: 'Wählen Sie eine Sprache aus der Liste.',
  },
  picture: {
    title: 'Ihr Bild',
    label: 'Bilddatei',
    hint: 'Eine JPEG-, PNG-, WebP-, GIF- oder AVIF-Datei von höchstens {size}. Wir verwenden das Quadrat in der Mitte und behalten sonst nichts aus der Datei, auch nicht den Aufnahmeort.',
    remove: 'Bild entfernen',
    alt: 'Ihr Bild',
    errors: {
      required: 'Wählen Sie zuerst eine Datei.',
      too_large: 'Diese Datei ist zu groß. Wählen Sie eine von höchstens {size}.',
      not_a_picture:
        'Wir können diese Datei nicht verwenden. Wählen Sie ein unbewegtes Bild im Format JPEG, PNG, WebP, GIF oder AVIF.',
      too_many_pixels: 'Dieses Bild hat zu viele Pixel. Verkleinern Sie es und versuchen Sie es noch einmal.',
    },
  },
  addresses: {
    title: 'Postadressen',
    lead: 'Shops, mit denen Sie Ihre Adresse teilen, erhalten die Standardadresse.',
    none: 'Es gibt noch keine Adresse. Fügen Sie eine hinzu, dann müssen Sie sie nie wieder eintippen.',
    full: 'Sie können höchstens {count} Adressen aufbewahren. Entfernen Sie eine, um eine andere hinzuzufügen.',
    default: 'Standard',
    add: 'Adresse hinzufügen',
    edit: 'Bearbeiten',
    makeDefault: 'Als Standard festlegen',
    remove: 'Entfernen',
    addTitle: 'Adresse hinzufügen',
    editTitle: 'Adresse bearbeiten',
    asDefault: 'Als meine Standardadresse festlegen: die Adresse, die Shops erhalten',
    isDefault: 'Das ist Ihre Standardadresse. Shops, mit denen Sie sie teilen, sehen die Änderung.',
    removeTitle: 'Diese Adresse entfernen?',
    removeDefault: 'Es ist Ihre Standardadresse. Shops erhalten danach die nächste aus Ihrer Liste:',
    removeLast: 'Es ist Ihre einzige Adresse. Shops, mit denen Sie sie teilen, können sie danach nicht mehr lesen.',
    removeSubmit: 'Adresse entfernen',
    errors: {
      gone: 'Diese Adresse wurde in einem anderen Fenster geändert oder entfernt. Es ist nichts geschehen; so sieht es jetzt aus.',
      goneWhileEditing:
        'Diese Adresse wurde in einem anderen Fenster geändert oder entfernt. Ihre Eingaben stehen noch hier: Sie können sie als neue Adresse speichern.',
      known: 'Diese Adresse haben Sie bereits.',
    },
  },
};
