/** Passkeys in the portal, in English. Its shape is the shape of every other language. */
export const en = {
  heading: 'Passkeys',
  lead: 'Sign in with your fingerprint, your face or the lock of your screen: nothing to remember, and nothing that others could guess.',
  add: 'Add a passkey',
  addLead: 'Your browser will ask where to keep it: on this device, on a phone nearby or on a security key.',
  incapable: 'This browser cannot make passkeys, or JavaScript is off. Try a newer browser.',
  limit: 'You have as many passkeys as an account can have. Remove one to add another.',
  name: 'Name',
  synced: 'Synced across your devices',
  thisDevice: 'On one device only',
  added: 'Added {date}',
  lastUsed: 'Last used {date}',
  neverUsed: 'Not used yet',
  rename: 'Rename',
  renameTitle: 'Rename passkey',
  remove: 'Remove',
  removeTitle: 'Remove this passkey?',
  removeLead:
    'It will no longer sign you in here. Delete it from your device or password manager too, so that it is not offered to you any more.',
  removeSubmit: 'Remove passkey',
  /** By the key in the address. */
  done: {
    'passkey-added': 'Your passkey was added.',
    'passkey-renamed': 'Your passkey was renamed.',
    'passkey-removed': 'The passkey was removed.',
  },
};

export type Strings = typeof en;
