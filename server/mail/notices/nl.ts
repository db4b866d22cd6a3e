import type { NoticeTexts } from '../account-notices.ts';

export const nl: NoticeTexts = {
  password_changed: {
    subject: 'Je wachtwoord voor {platform} is gewijzigd',
    text: 'Het wachtwoord van je account bij {platform} is zojuist gewijzigd.',
  },
  password_reset: {
    subject: 'Je hebt een nieuw wachtwoord voor {platform}',
    text: 'Er is zojuist een nieuw wachtwoord ingesteld voor je account bij {platform}, via een link die we je hebben gemaild. Je bent overal uitgelogd.',
  },
  email_changed: {
    subject: 'Je e-mailadres bij {platform} is gewijzigd',
    text: 'Het e-mailadres van je account bij {platform} is zojuist gewijzigd van {from} in {to}.',
  },
  passkey_added: {
    subject: 'Er is een passkey toegevoegd aan je account bij {platform}',
    text: 'Met de passkey “{name}” kun je nu inloggen op je account bij {platform}.',
  },
  passkey_removed: {
    subject: 'Er is een passkey verwijderd uit je account bij {platform}',
    text: 'Met de passkey “{name}” kun je niet meer inloggen op je account bij {platform}.',
  },
  signed_out_everywhere: {
    subject: 'Je bent overal uitgelogd bij {platform}',
    text: 'Je account bij {platform} is zojuist op alle andere apparaten uitgelogd.',
  },
  data_downloaded: {
    subject: 'Je gegevens bij {platform} zijn gedownload',
    text: 'Alles wat we over je account bij {platform} bewaren, is zojuist gedownload.',
  },
  deletion_requested: {
    subject: 'Je account bij {platform} wordt verwijderd',
    text: 'Je hebt ons gevraagd je account bij {platform} te verwijderen. Op {date} is het weg. Tot die tijd kun je inloggen en het toch houden.',
  },
  deletion_cancelled: {
    subject: 'Je account bij {platform} blijft',
    text: 'Je account bij {platform} wordt toch niet verwijderd.',
  },
  client_secret_replaced: {
    subject: 'Een client secret van {app} is vervangen',
    text: 'Er is een nieuw client secret gemaakt voor {app} ({environment}).',
  },
  api_key_created: {
    subject: 'Er is een API-sleutel van {app} gemaakt',
    text: 'De API-sleutel “{name}” is gemaakt voor {app} ({environment}).',
  },
  api_key_replaced: {
    subject: 'Een API-sleutel van {app} is vervangen',
    text: 'Een nieuwe sleutel is in de plaats gekomen van de API-sleutel “{name}” van {app} ({environment}).',
  },
  member_added: {
    subject: 'Er is iemand bij {app} gekomen',
    text: '{member} mag nu aan {app} werken.',
  },
  footer:
    'Was jij dit? Dan hoef je niets te doen. Zo niet, log dan in, wijzig je wachtwoord en log overal elders uit:\n\n{link}',
};
