/** The portal's first page, in English. Its shape is the shape of every other language. */
export const en = {
  title: 'Hello, {name}',
  titleNameless: 'Hello',
  lead: 'Everything that we keep about you, and everybody who gets it, in one place.',
  profile: 'Your names, phone number, addresses and picture',
  security: 'Your email address, password and passkeys',
  sessions: 'Devices and browsers that use your account',
  shops: 'What you share, with whom, and when they last read it',
  data: 'Take your data with you, or have it deleted',
  apps: 'Put the button on your own pages',
  docs: 'Every call for your backend, with examples',
};

export type Strings = typeof en;
