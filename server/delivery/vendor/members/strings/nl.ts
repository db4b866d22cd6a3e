import type { Strings } from './en.ts';

export const nl: Strings = {
  lead: 'Niemand anders ziet deze app.',
  you: 'Jij',
  joined: '{when} lid geworden',
  change: 'Wijzigen',
  roleHints: {
    owner: 'Alles, ook leden beheren en de app verwijderen.',
    developer: 'Wijzigt de installatie, maakt sleutels en trekt ze in.',
    'read-only': 'Bekijkt alles behalve secrets en verandert niets.',
  },
  role: 'Rol',
  invite: {
    action: 'Iemand uitnodigen',
    title: 'Iemand uitnodigen voor {app}',
    lead: 'Diegene krijgt een mail met een link die 7 dagen werkt. Er is een account met dit adres voor nodig, of dat wordt onderweg gemaakt.',
    email: 'E-mailadres',
    submit: 'Uitnodiging versturen',
  },
  waiting: {
    title: 'Uitnodigingen',
    lead: 'Deze zijn verstuurd en nog niet aangenomen.',
    until: 'Werkt tot {date}',
    again: 'Opnieuw versturen',
    withdraw: 'Intrekken',
  },
  member: {
    save: 'Rol opslaan',
    remove: 'Uit de app verwijderen',
    removeLead: 'Vanaf dat moment is de app niet meer te zien. Bekende sleutels blijven werken: genereer nieuwe.',
    removeConfirm: '{name} verwijderen',
  },
  leave: {
    title: 'De app verlaten',
    lead: 'Je ziet de app niet meer. Om terug te komen heb je een uitnodiging nodig.',
    open: 'Verlaten…',
    confirm: '{app} verlaten',
    lastOwner: 'Je bent de enige eigenaar. Maak eerst iemand anders eigenaar, of verwijder de app.',
  },
  problems: {
    email: 'Schrijf een e-mailadres zoals naam@example.com.',
    already_member: 'Er is al een lid met dit adres.',
    too_many_waiting: 'Er staan te veel uitnodigingen open. Trek er eerst een in.',
    unconfirmed_inviter: 'Bevestig je eigen e-mailadres voordat je anderen uitnodigt.',
    last_owner: 'Een app heeft een eigenaar nodig. Maak eerst iemand anders eigenaar.',
  },
  done: {
    invited: 'De uitnodiging is verstuurd.',
    withdrawn: 'De uitnodiging is ingetrokken. De link werkt niet meer.',
    role_changed: 'De rol is gewijzigd.',
    removed: 'Het lid is verwijderd.',
    joined: 'Welkom. Je bent nu lid.',
  },
  invitation: {
    title: 'Je bent uitgenodigd voor {app}',
    as: 'Je rol: {role}',
    sentTo: 'De uitnodiging is gestuurd naar {email}.',
    accept: 'Uitnodiging aannemen',
    signIn: 'Inloggen',
    signUp: 'Account maken',
    signInLead: 'Log in met dit adres om de uitnodiging aan te nemen, of maak er een account mee.',
    otherAddress:
      'Je bent ingelogd als {email}, en de uitnodiging is voor een ander adres. Log uit en open de link in de mail opnieuw.',
    addressTaken:
      'Een ander account heeft dit adres bevestigd. Log uit, log in bij dat account en open de link in de mail opnieuw.',
    signOut: 'Uitloggen',
    gone: 'Deze uitnodiging werkt niet',
    goneLead:
      'Misschien is ze al aangenomen, ingetrokken, opnieuw verstuurd, of ouder dan 7 dagen. Vraag wie je uitnodigde om een nieuwe.',
    toApps: 'Naar je apps',
  },
};
