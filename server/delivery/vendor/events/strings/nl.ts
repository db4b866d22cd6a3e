import type { Strings } from './en.ts';

export const nl: Strings = {
  title: 'Gebeurtenissen',
  lead: 'Wat er in deze omgeving gebeurde, nieuwste eerst.',
  kept: 'Gebeurtenissen blijven 30 dagen bewaard. Er staat geen e-mailadres, naam, netwerkadres van een persoon, geheim of token in: mensen verschijnen alleen onder het gebruikers-ID dat je app kent. Tijden zijn in UTC.',
  filter: 'Gebeurtenissen filteren',
  group: 'Toon',
  groups: {
    all: 'Alles',
    problems: 'Alleen problemen',
    popup: 'Pop-up',
    credentials: 'Credentials en tokens',
    api: 'API-aanroepen',
    login: 'external_login',
    embed: 'Ingebedde aanmelding',
  },
  search: 'Zoeken',
  searchHint: 'Aanvraag-ID, gebruikers-ID, status of een woord',
  apply: 'Toon gebeurtenissen',
  clear: 'Toon alles',
  list: 'Gebeurtenissen, nieuwste eerst',
  none: 'Hier is de afgelopen 30 dagen niets gebeurd. Open de pop-up vanaf je pagina of doe een aanroep met een van je sleutels, en je ziet het binnen een seconde.',
  noneFound: 'Geen gebeurtenis voldoet.',
  noneFoundYet: 'Tot nu toe voldoet geen gebeurtenis. Er zijn nog oudere om te doorzoeken.',
  newest: 'Nieuwste',
  older: 'Oudere',
  pages: 'Pagina’s met gebeurtenissen',
  live: 'Live',
  liveHint: 'Toon nieuwe gebeurtenissen zodra ze er zijn',
  liveOn: 'Nieuwe gebeurtenissen verschijnen vanzelf.',
  livePaused: 'Gepauzeerd: nieuwe gebeurtenissen verschijnen niet.',
  liveReconnecting: 'De verbinding is weg. We proberen het opnieuw.',
  liveStopped: 'Nieuwe gebeurtenissen verschijnen niet meer. Laad de pagina opnieuw om verder te gaan.',
  newEvents: 'Nieuwe gebeurtenissen: {count}',
  requestId: 'Aanvraag-ID',
  userId: 'Gebruikers-ID',
  status: 'Status',
  whatToDo: 'Wat je kunt doen',
  details: 'Details',
  tags: {
    popup: 'Pop-up',
    endpoint: 'Endpoint',
    credential: 'Credential',
    code: 'Code',
    token: 'Token',
    api: 'API',
    embed: 'Ingebed',
    login: 'Login',
    log: 'Log',
  },
  advice: {
    originNotRegistered:
      'Een pagina op {origin} probeerde de pop-up te openen, en die origin staat niet bij deze omgeving. Is de pagina van jou, voeg de origin dan toe onder {setup}, precies zoals die hier staat. Is ze dat niet, dan hoef je niets te doen: er is niets naartoe gestuurd.',
    notAnOrigin:
      'De aanvraag moet een origin noemen en verder niets: schema, host en poort, zoals location.origin ze geeft. Een schuine streep aan het eind is er al één te veel.',
    redirectUriNotRegistered:
      'De redirect-URI in de aanvraag is niet geregistreerd voor deze omgeving. Voeg die toe onder {setup}, teken voor teken zoals je backend hem stuurt.',
    appDisabled:
      'De app staat uit: niemand kan zich aanmelden en geen sleutel werkt. Een eigenaar kan de app weer aanzetten onder {settings}.',
    invalidRequest:
      'De aanvraag zelf klopt niet. “hint” in de details noemt wat er mis is: pas het aan in je pagina of je backend.',
    notSilent:
      'Je aanvraag bevatte prompt=none, maar de persoon moet eerst inloggen of toestemmen. Stuur haar opnieuw zonder prompt=none.',
    serverError: 'De fout ligt bij ons. Probeer het opnieuw; gebeurt het weer, stuur ons dan het aanvraag-ID.',
    signInFailed: 'Je hoeft niets te doen. De persoon weet ervan en kan het opnieuw proberen.',
    endpointRefused:
      'Je eigen aanmeld-endpoint weigerde deze persoon, en kreeg diens bericht te zien. In je eigen log staat waarom.',
    endpointUnavailable:
      'Je eigen aanmeld-endpoint was onbereikbaar, te traag, of antwoordde niet zoals afgesproken. Tot het werkt kan niemand zich nieuw aanmelden. Het adres staat onder {setup}.',
    tokenRefused:
      'Het token-endpoint weigerde je backend. “error” en “hint” in de details zeggen waarom. Een code werkt één keer, en maar 60 seconden.',
    loginRefused:
      'Client-ID, geheim en omgeving horen bij elkaar: kopieer ze alle drie opnieuw. Een nieuw geheim maak je onder {keys}.',
    readOnlyKey: 'Deze sleutel mag alleen lezen. Gebruik voor deze aanroep een sleutel met volledige rechten.',
    addressNotAllowed:
      'De aanroep kwam van buiten de adresbereiken van de sleutel. Pas de bereiken aan onder {keys}, of roep van daarbinnen aan.',
    tooManyRequests: 'De aanvragen van dit uur zijn op. Wacht zo lang als Retry-After zegt.',
    notFound: 'Deze omgeving kent die gebruiker niet, of de persoon deelt niets meer met je.',
    callFailed: 'In het antwoord staat wat je moet aanpassen. De API-documentatie legt elke foutcode uit.',
    omitted:
      'Per minuut en per dag worden maar zoveel gebeurtenissen getoond, zodat de ene soort de andere niet verdringt. Wat hier ontbreekt, is gewoon beantwoord.',
  },
};
