import type { Strings } from './en.ts';

export const de: Strings = {
  lead: 'Browser und Geräte, die Ihr Konto nutzen können. Melden Sie ab, was Sie nicht kennen, und ändern Sie danach Ihr Passwort.',
  thisDevice: 'Dieses Gerät',
  signedIn: 'Angemeldet: {when}',
  lastSeen: 'Zuletzt gesehen: {when}',
  device: {
    both: '{browser} auf {system}',
    system: 'Ein Browser auf {system}',
    unknown: 'Ein Gerät, das wir nicht erkennen',
  },
  end: 'Abmelden',
  endOthers: 'Überall sonst abmelden',
  endOthersHint: 'Hier bleiben Sie angemeldet.',
  notListed: 'Nicht aufgeführt: {count}, deren letzte Nutzung länger zurückliegt.',
  onlyHere: 'Sie sind sonst nirgends angemeldet.',
  done: {
    ended: 'Das Gerät ist abgemeldet.',
    ended_others: 'Sie sind überall sonst abgemeldet.',
  },
};
