import type { Strings } from './en.ts';

export const de: Strings = {
  heading: 'Passkeys',
  lead: 'Melden Sie sich mit Fingerabdruck, Gesicht oder Bildschirmsperre an: nichts zum Merken, und nichts, was andere erraten könnten.',
  add: 'Passkey hinzufügen',
  addLead:
    'Ihr Browser fragt, wo er aufbewahrt werden soll: auf diesem Gerät, auf einem Telefon in der Nähe oder auf einem Sicherheitsschlüssel.',
  incapable:
    'Dieser Browser kann keine Passkeys erstellen, oder JavaScript ist ausgeschaltet. Versuchen Sie es mit einem neueren Browser.',
  limit: 'Sie haben so viele Passkeys, wie ein Konto haben kann. Entfernen Sie einen, um einen anderen hinzuzufügen.',
  name: 'Name',
  synced: 'Auf Ihren Geräten synchronisiert',
  thisDevice: 'Nur auf einem Gerät',
  added: 'Hinzugefügt am {date}',
  lastUsed: 'Zuletzt verwendet am {date}',
  neverUsed: 'Noch nicht verwendet',
  rename: 'Umbenennen',
  renameTitle: 'Passkey umbenennen',
  remove: 'Entfernen',
  removeTitle: 'Diesen Passkey entfernen?',
  removeLead:
    'Sie können sich damit hier nicht mehr anmelden. Löschen Sie ihn auch auf Ihrem Gerät oder in Ihrem Passwortmanager, damit er Ihnen nicht mehr angeboten wird.',
  removeSubmit: 'Passkey entfernen',
  done: {
    'passkey-added': 'Ihr Passkey wurde hinzugefügt.',
    'passkey-renamed': 'Ihr Passkey wurde umbenannt.',
    'passkey-removed': 'Der Passkey wurde entfernt.',
  },
};
