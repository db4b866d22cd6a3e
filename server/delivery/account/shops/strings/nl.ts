import type { Strings } from './en.ts';

export const nl: Strings = {
  lead: 'Wie je gegevens krijgt, welke, en wanneer dat voor het laatst was. Je kunt er altijd mee stoppen.',
  none: 'Je deelt nog niets met een winkel.',
  since: 'Gekoppeld {when}',
  homePage: 'Website',
  mayReceive: '{shop} mag ontvangen',
  onlyThese: 'Zoals ze op dat moment in je account staan, en verder niets.',
  onlyIdentifier: 'Alleen een ID voor {shop}: geen naam, geen e-mailadres.',
  notFilledIn: 'Dit staat niet in je account.',
  received: 'Laatst ontvangen {when}',
  notReceived: 'Nog niet ontvangen',
  read: 'Laatst gelezen {when}',
  notRead: 'Nog niet gelezen',
  requiredAgain: 'Als je stopt met delen wat {shop} vereist, wordt het daar opnieuw gevraagd.',
  stop: 'Niet meer delen',
  stopped: 'Niet meer gedeeld met {shop}: {field}.',
  willAskAgain: '{shop} vereist dit, dus het wordt gevraagd als je daar weer inlogt.',
  notShared: 'Niet gedeeld',
  notSharedLead: '{shop} vraagt hier ook om, en krijgt het alleen als je het deelt.',
  share: 'Delen',
  shareAgain: 'Weer delen',
  sharedNow: 'Vanaf nu gedeeld met {shop}: {field}.',
  disconnect: 'Ontkoppelen',
  disconnectFrom: '{shop} ontkoppelen',
  disconnectLead: 'Helemaal stoppen: {shop} krijgt niets meer van ons.',
  disconnectTitle: '{shop} ontkoppelen?',
  consequences: {
    atOnce: 'Vanaf nu kan {shop} je gegevens hier niet meer lezen en niet meer ontvangen.',
    keeps:
      'Wat {shop} al heeft ontvangen, blijft daar, volgens de eigen regels van de winkel. Vraag de winkel om het te verwijderen als je dat wilt.',
    comeBack:
      'Ga je terug met {platform}, dan word je opnieuw gevraagd wat je deelt, en herkent {shop} je als dezelfde klant.',
  },
  done: { disconnected: 'De winkel is ontkoppeld.' },
};
