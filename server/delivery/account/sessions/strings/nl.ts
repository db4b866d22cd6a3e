import type { Strings } from './en.ts';

export const nl: Strings = {
  lead: 'Browsers en apparaten die je account kunnen gebruiken. Log uit waar je iets niet herkent en wijzig daarna je wachtwoord.',
  thisDevice: 'Dit apparaat',
  signedIn: 'Ingelogd: {when}',
  lastSeen: 'Laatst gezien: {when}',
  device: {
    both: '{browser} op {system}',
    system: 'Een browser op {system}',
    unknown: 'Een apparaat dat we niet herkennen',
  },
  end: 'Uitloggen',
  endOthers: 'Overal elders uitloggen',
  endOthersHint: 'Hier blijf je ingelogd.',
  notListed: 'Niet getoond: {count} die langer geleden zijn gebruikt.',
  onlyHere: 'Je bent nergens anders ingelogd.',
  done: {
    ended: 'Dat apparaat is uitgelogd.',
    ended_others: 'Je bent overal elders uitgelogd.',
  },
};
