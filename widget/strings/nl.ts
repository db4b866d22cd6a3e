import type { Strings } from './strings.ts';

export const words: Strings = {
  language: 'nl',
  signup: 'Registreren met {platform}',
  signin: 'Inloggen met {platform}',
  continue: 'Doorgaan met {platform}',
  known: 'Doorgaan als {name}',
  required: 'Gebruik eerst deze knop.',
  failed: 'Dat is niet gelukt. Probeer het nog eens.',
  show: 'Geopend venster tonen',
  restart: 'Opnieuw beginnen',
  again: 'Een ander account gebruiken',
  waiting: 'Ga verder in het venster dat net is geopend.',
  checking: 'Een ogenblik…',
  completed: 'Klaar. Dit heb je met de site gedeeld:',
  code: 'Klaar.',
  cancelled: 'Geannuleerd. Er is niets gedeeld.',
  popup_blocked:
    'Je browser heeft het venster geblokkeerd. Sta pop-ups toe voor deze site en druk nog eens op de knop.',
  popup_unreachable: 'Het venster kon deze pagina niet bereiken. Probeer het nog eens, of ga zonder verder.',
  timed_out: 'Dat duurde te lang. Druk op de knop om opnieuw te beginnen.',
  misconfigured: 'Dit is nu niet beschikbaar.',
  delivered: 'Klaar. Je kunt dit venster sluiten.',
  orphaned:
    'De pagina waar je vandaan kwam wacht hier niet meer op. Sluit dit venster, ga daarheen terug en druk nog eens op de knop.',
  name: 'Naam',
  email: 'E-mail',
  not_confirmed: 'niet bevestigd',
  phone_number: 'Telefoon',
  address: 'Adres',
  locale: 'Taal',
};
