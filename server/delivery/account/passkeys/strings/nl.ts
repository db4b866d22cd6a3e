import type { Strings } from './en.ts';

export const nl: Strings = {
  heading: 'Passkeys',
  lead: 'Log in met je vingerafdruk, je gezicht of de vergrendeling van je scherm: niets om te onthouden en niets dat anderen kunnen raden.',
  add: 'Passkey toevoegen',
  addLead:
    'Je browser vraagt waar je hem wilt bewaren: op dit apparaat, op een telefoon in de buurt of op een beveiligingssleutel.',
  incapable: 'Deze browser kan geen passkeys maken, of JavaScript staat uit. Probeer een nieuwere browser.',
  limit:
    'Je hebt het grootste aantal passkeys dat een account kan hebben. Verwijder er een om een andere toe te voegen.',
  name: 'Naam',
  synced: 'Gesynchroniseerd op je apparaten',
  thisDevice: 'Alleen op één apparaat',
  added: 'Toegevoegd op {date}',
  lastUsed: 'Laatst gebruikt op {date}',
  neverUsed: 'Nog niet gebruikt',
  rename: 'Naam wijzigen',
  renameTitle: 'Naam van passkey wijzigen',
  remove: 'Verwijderen',
  removeTitle: 'Deze passkey verwijderen?',
  removeLead:
    'Je kunt er hier niet meer mee inloggen. Verwijder hem ook van je apparaat of uit je wachtwoordbeheer, zodat hij je niet meer wordt aangeboden.',
  removeSubmit: 'Passkey verwijderen',
  done: {
    'passkey-added': 'Je passkey is toegevoegd.',
    'passkey-renamed': 'De naam van je passkey is gewijzigd.',
    'passkey-removed': 'De passkey is verwijderd.',
  },
};
