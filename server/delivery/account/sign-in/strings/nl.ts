import type { Strings } from './en.ts';

export const nl: Strings = {
  title: 'Log in bij {platform}',
  lead: 'Bekijk en wijzig wat we over je bewaren, en wie het krijgt.',
  confirmTitle: 'Ben jij het?',
  confirmLead: 'Laat voor de veiligheid van je account nog eens zien dat jij het bent.',
  confirm: 'Doorgaan',
  signedInAs: 'Ingelogd als',
  noPassword: 'Je account heeft nog geen wachtwoord. We kunnen je een link mailen om er een in te stellen.',
  setByMail: 'Stel per mail een wachtwoord in',
  forgot: {
    lead: 'Vul je e-mailadres in, dan sturen we je een link om een nieuw wachtwoord te kiezen.',
    submit: 'Stuur de link',
    back: 'Terug naar inloggen',
    sentTitle: 'Kijk in je mail',
    sent: 'We hebben een bericht gestuurd naar het adres dat je opgaf. Hoort er een account bij, dan staat er een link in om een nieuw wachtwoord te kiezen. Die werkt 1 uur.',
    hint: 'Na een paar minuten nog niets? Kijk bij de ongewenste mail, of probeer een ander adres.',
    another: 'Probeer een ander adres',
  },
  reset: {
    title: 'Kies een nieuw wachtwoord',
    lead: 'Voor het account met {email}. Het wordt overal uitgelogd.',
    label: 'Nieuw wachtwoord',
    submit: 'Nieuw wachtwoord opslaan',
    refusedTitle: 'Deze link werkt niet meer',
    refused: 'Misschien is hij ouder dan een uur, of al gebruikt. Vraag een nieuwe aan.',
    again: 'Vraag een nieuwe link aan',
  },
  done: {
    password_reset: 'Je nieuwe wachtwoord is ingesteld. Log ermee in.',
  },
};
