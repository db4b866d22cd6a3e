import type { Strings } from './en.ts';

export const nl: Strings = {
  lead: 'Hoe je inlogt, en waar we je bereiken.',
  email: {
    heading: 'E-mailadres',
    none: 'Geen',
    confirmed: 'Bevestigd',
    unconfirmed: 'Niet bevestigd',
    unconfirmedHint:
      'We hebben een link naar dit adres gestuurd. Zolang je die niet gebruikt, zien winkels dat het adres niet bevestigd is.',
    sendAgain: 'Stuur de link opnieuw',
    change: 'Adres wijzigen',
    pending: 'We wachten tot je de link gebruikt die we naar {email} hebben gestuurd. Tot die tijd verandert er niets.',
    cancelPending: 'Toch niet wijzigen',
  },
  newEmail: {
    title: 'Wijzig je e-mailadres',
    lead: 'We sturen een link naar het nieuwe adres. Zolang je die niet gebruikt, blijft {email} gelden.',
    leadNone: 'We sturen een link naar het adres. Het is van jou zodra je die gebruikt.',
    label: 'Nieuw e-mailadres',
    submit: 'Stuur de link',
    same: 'Dit is je adres al.',
    askTitle: 'Dit adres voortaan gebruiken?',
    ask: '{email} wordt het adres van je account: om in te loggen, voor onze berichten aan jou en voor winkels waarmee je het deelt.',
    confirm: 'Gebruik dit adres',
    refusedTitle: 'Deze link werkt niet meer',
    refused:
      'Misschien is hij ouder dan een dag, al gebruikt, voor een ander account gemaakt of door een latere vervangen.',
  },
  password: {
    heading: 'Wachtwoord',
    has: 'Je kunt inloggen met je e-mailadres en een wachtwoord.',
    hasNot: 'Je account heeft nog geen wachtwoord.',
    change: 'Wachtwoord wijzigen',
    set: 'Wachtwoord instellen',
  },
  newPassword: {
    changeTitle: 'Wijzig je wachtwoord',
    setTitle: 'Stel een wachtwoord in',
    label: 'Nieuw wachtwoord',
    endOthers: 'Log overal elders uit',
    endOthersHint:
      'Op alle andere apparaten en in alle andere browsers. Laat dit aan staan als iemand anders je wachtwoord kan kennen.',
    submit: 'Wachtwoord opslaan',
  },
  done: {
    confirmation_sent: 'We hebben je de link opnieuw gestuurd.',
    email_requested:
      'We hebben een bericht naar het nieuwe adres gestuurd. Je adres verandert zodra je de link daarin gebruikt.',
    email_change_cancelled: 'Je adres blijft zoals het is.',
    email_changed: 'Je e-mailadres is gewijzigd.',
    password_changed: 'Je wachtwoord is gewijzigd.',
    password_changed_everywhere: 'Je wachtwoord is gewijzigd en je bent overal elders uitgelogd.',
  },
};
