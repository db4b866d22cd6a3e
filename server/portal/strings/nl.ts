import type { Strings } from './en.ts';

export const nl: Strings = {
  account: 'Je account',
  menu: 'Menu',
  skip: 'Naar de inhoud',
  signOut: 'Uitloggen',
  forDevelopers: 'Voor ontwikkelaars',
  nav: {
    home: 'Overzicht',
    profile: 'Profiel',
    security: 'Inloggen en beveiliging',
    sessions: 'Waar je bent ingelogd',
    shops: 'Verbonden winkels',
    data: 'Je gegevens',
    apps: 'Apps en API-sleutels',
    docs: 'API-documentatie',
  },
  app: {
    all: 'Alle apps',
    disabled: 'Uitgeschakeld',
    tabs: { overview: 'Overzicht', members: 'Leden', settings: 'Instellingen' },
    environments: { localhost: 'Localhost', 'development:sandbox': 'Sandbox', production: 'Productie' },
    environmentTabs: {
      setup: 'Installatie',
      keys: 'Secret en sleutels',
      code: 'Code',
      events: 'Gebeurtenissen',
      doctor: 'Dokter',
    },
  },
  save: 'Opslaan',
  cancel: 'Annuleren',
  back: 'Terug',
  required: 'Verplicht',
  optional: 'Optioneel',
  checkFields: 'Niet alles klopt nog. Hieronder zie je wat je moet aanpassen.',
  errorPage: {
    requestId: 'Aanvraag-ID',
    toStart: 'Ga naar je account',
    invalid_request: {
      title: 'Dit klopt niet',
      explanation: 'We konden niets met wat je browser stuurde. Ga terug en probeer het opnieuw.',
    },
    forbidden: {
      title: 'We konden dit formulier niet aannemen',
      explanation:
        'We kunnen niet zien of het van jou kwam. Dat gebeurt als de pagina lang openstond, of als je in een ander venster hebt in- of uitgelogd. Open de pagina opnieuw en verstuur het formulier nog een keer.',
    },
    not_allowed: {
      title: 'Dit mag je niet doen',
      explanation: 'Het hoort niet bij je rol in deze app. Vraag het een eigenaar van de app.',
    },
    test_person: {
      title: 'Testpersonen blijven zoals ze zijn',
      explanation: 'Elke ontwikkelaar gebruikt ze. Maak een eigen account in de sandbox om dit uit te proberen.',
    },
    not_found: {
      title: 'Hier is niets te vinden',
      explanation: 'Misschien klopt het adres niet, is het verouderd of is het van iemand anders.',
    },
    server_error: {
      title: 'Er ging bij ons iets mis',
      explanation:
        'Het ligt aan ons, niet aan jou. Probeer het opnieuw; gebeurt het weer, stuur ons dan het aanvraag-ID hieronder.',
    },
  },
};
