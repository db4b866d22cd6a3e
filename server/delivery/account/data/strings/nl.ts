import type { Strings } from './en.ts';

export const nl: Strings = {
  lead: 'Ze zijn van jou: neem ze mee of laat ze verwijderen.',
  download: {
    title: 'Mijn gegevens downloaden',
    lead: 'Alles wat we over je bewaren, in één bestand.',
    contains: 'Het bestand (JSON, te openen met elke teksteditor) bevat:',
    parts: {
      profile: 'Je profiel: namen, telefoonnummer, adressen, taal en foto',
      signIn: 'Je e-mailadres en de status ervan, de namen van je passkeys en waar je bent ingelogd',
      shops: 'De winkels waarmee je deelde: welke gegevens, en wanneer ze die voor het laatst kregen',
      apps: 'De apps waaraan je als ontwikkelaar werkt',
      log: 'Het logboek van beveiligingshandelingen op je account',
    },
    withoutSecrets:
      'Er staan geen wachtwoorden en sleutels in. Bewaar het toch op een veilige plek. We mailen je dat het is gedownload.',
    submit: 'Downloaden',
  },
  deletion: {
    title: 'Mijn account verwijderen',
    lead: 'Je kunt je nog een tijdje bedenken. Daarna is het voorgoed weg.',
    question: 'Je account verwijderen?',
    happens: 'Wat er gebeurt',
    points: {
      disconnected: 'Elke winkel wordt meteen ontkoppeld. Geen enkele kan hier nog iets lezen.',
      signedOut: 'Je wordt op elk ander apparaat uitgelogd.',
      grace: 'Nog {days} kun je hier inloggen en je account houden. We mailen je de datum.',
      gone: 'Daarna verwijderen we je account en alles wat {platform} over je bewaart. Niemand kan het terughalen.',
    },
    stays: 'Wat blijft',
    shopsKeep:
      'Wat winkels eerder van je kregen, blijft bij hen: zij bewaren of verwijderen het volgens hun eigen privacybeleid. Vraag het hun als je het ook daar verwijderd wilt hebben.',
    auditLog:
      'Ons logboek van beveiligingshandelingen bewaart het willekeurige nummer van je account en de netwerkadressen vanwaar het is gebruikt. Je naam en je e-mailadres staan er niet in.',
    soleOwner:
      'Je bent de enige eigenaar van deze apps, dus je kunt je account nog niet verwijderen. Maak van elke app iemand anders eigenaar, of schakel de app uit.',
    continue: 'Doorgaan',
    confirmTitle: 'Mijn account verwijderen',
    understood: 'Ik begrijp dat mijn account en mijn gegevens op {date} worden verwijderd.',
    notUnderstood: 'Vink dit aan als je door wilt gaan.',
    submit: 'Mijn account verwijderen',
  },
  leaving: {
    title: 'Je account wordt binnenkort verwijderd',
    due: 'Je hebt ons gevraagd het te verwijderen. Op {date} is het weg.',
    until: 'Tot dan wordt er niets gedeeld en kan niemand zich ermee aanmelden. Je kunt het nog houden.',
    keep: 'Mijn account houden',
    shops: 'Als je het houdt, blijven je winkels ontkoppeld totdat je ze weer gebruikt.',
  },
  done: { kept: 'Je account blijft. Je winkels zijn ontkoppeld totdat je ze weer gebruikt.' },
};
