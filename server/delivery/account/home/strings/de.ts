import type { Strings } from './en.ts';

export const de: Strings = {
  title: 'Hallo, {name}',
  titleNameless: 'Hallo',
  lead: 'Alles, was wir über Sie speichern, und alle, die es bekommen, an einem Ort.',
  profile: 'Ihre Namen, Telefonnummer, Adressen und Ihr Bild',
  security: 'Ihre E-Mail-Adresse, Ihr Passwort und Ihre Passkeys',
  sessions: 'Geräte und Browser, die Ihr Konto verwenden',
  shops: 'Was Sie teilen, mit wem, und wann es zuletzt gelesen wurde',
  data: 'Nehmen Sie Ihre Daten mit, oder lassen Sie sie löschen',
  apps: 'Setzen Sie die Schaltfläche auf Ihre eigenen Seiten',
  docs: 'Jeder Aufruf für Ihr Backend, mit Beispielen',
};
