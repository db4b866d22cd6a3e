/** Connected shops, in English. Its shape is the shape of every other language. */
export const en = {
  lead: 'Who gets your details, which ones, and when they last did. You can stop it at any time.',
  none: 'You share nothing with a shop yet.',
  since: 'Connected {when}',
  homePage: 'Home page',
  mayReceive: '{shop} may receive',
  onlyThese: 'As your account has them at the time, and nothing else.',
  onlyIdentifier: 'Only an ID made for {shop}: no name, no email address.',
  notFilledIn: 'Your account has none.',
  received: 'Last received {when}',
  notReceived: 'Not received yet',
  read: 'Last read {when}',
  notRead: 'Not read yet',
  requiredAgain: 'If you stop sharing what {shop} requires, you will be asked for it again there.',
  stop: 'Stop sharing',
  stopped: 'No longer shared with {shop}: {field}.',
  willAskAgain: '{shop} requires it, so you will be asked for it the next time you sign in there.',
  notShared: 'Not shared',
  notSharedLead: '{shop} asks for these, too, and gets them only if you share them.',
  share: 'Share',
  shareAgain: 'Share again',
  sharedNow: 'Shared with {shop} from now on: {field}.',
  disconnect: 'Disconnect',
  disconnectFrom: 'Disconnect {shop}',
  disconnectLead: 'Ends it altogether: {shop} gets nothing from us any more.',
  disconnectTitle: 'Disconnect {shop}?',
  consequences: {
    atOnce: 'From this moment {shop} can neither read your details here nor receive them.',
    keeps: 'What {shop} received before stays with it, under its own rules. Ask the shop if you want it deleted there.',
    comeBack:
      'If you go back with {platform}, you are asked again what to share, and {shop} knows you as the same customer.',
  },
  done: { disconnected: 'The shop is disconnected.' },
};

export type Strings = typeof en;
