/** Where an account is signed in, in English. Its shape is the shape of every other language. */
export const en = {
  lead: 'Browsers and devices that can use your account. Sign out of any that you do not know, then change your password.',
  thisDevice: 'This device',
  signedIn: 'Signed in: {when}',
  lastSeen: 'Last seen: {when}',
  device: {
    both: '{browser} on {system}',
    system: 'A browser on {system}',
    unknown: 'A device that we do not recognise',
  },
  end: 'Sign out',
  endOthers: 'Sign out everywhere else',
  endOthersHint: 'You stay signed in here.',
  notListed: 'Not listed: {count} that were used longer ago.',
  onlyHere: 'You are signed in nowhere else.',
  done: {
    ended: 'That device is signed out.',
    ended_others: 'You are signed out everywhere else.',
  },
};

export type Strings = typeof en;
