import type { Strings } from './en.ts';

export const nl: Strings = {
  title: 'Hallo, {name}',
  titleNameless: 'Hallo',
  lead: 'Alles wat we over je bewaren, en iedereen die het krijgt, op één plek.',
  profile: 'Je namen, telefoonnummer, adressen en foto',
  security: 'Je e-mailadres, wachtwoord en passkeys',
  sessions: 'Apparaten en browsers die je account gebruiken',
  shops: 'Wat je deelt, met wie, en wanneer zij het voor het laatst lazen',
  data: 'Neem je gegevens mee, of laat ze verwijderen',
  apps: 'Zet de knop op je eigen pagina’s',
  docs: 'Elke aanroep voor je backend, met voorbeelden',
};
