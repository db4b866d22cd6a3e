import type { NoticeTexts } from './notice.ts';

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
  phone_changed: {
    subject: 'Je telefoonnummer bij {platform} is gewijzigd',
    text: 'Het telefoonnummer van je account bij {platform} is zojuist gewijzigd of verwijderd.',
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
  app_disabled: {
    subject: '{app} is uitgeschakeld',
    text: '{app} is uitgeschakeld: niemand kan zich er nog mee aanmelden, en de sleutels openen niets meer.',
  },
  app_enabled: {
    subject: '{app} is ingeschakeld',
    text: '{app} werkt weer, en de sleutels ook.',
  },
  app_deleted: {
    subject: '{app} is verwijderd',
    text: '{app} is verwijderd, met de sleutels en alles wat de app van zijn gebruikers wist.',
  },
  origin_added: {
    subject: '{app} heeft een nieuwe origin',
    text: 'Pagina’s op {address} mogen nu de gegevens ontvangen van mensen die zich aanmelden met {app} ({environment}).',
  },
  redirect_uri_added: {
    subject: '{app} heeft een nieuwe redirect-URI',
    text: 'Mensen die zich aanmelden met {app} ({environment}) kunnen nu naar {address} worden gestuurd.',
  },
  signup_endpoint_changed: {
    subject: 'Het aanmeld-endpoint van {app} is gewijzigd',
    text: 'Nieuwe gebruikers van {app} ({environment}) worden nu naar {address} gestuurd.',
  },
  member_role_changed: {
    subject: 'Een rol bij {app} is gewijzigd',
    text: 'De rol van {member} bij {app} is nu: {role}.',
  },
  member_removed: {
    subject: 'Er is iemand bij {app} weggegaan',
    text: '{member} mag niet meer aan {app} werken.',
  },
  own_role_changed: {
    subject: 'Je rol bij {app} is gewijzigd',
    text: 'Je rol bij {app} is nu: {role}.',
  },
  removed_from_app: {
    subject: 'Je werkt niet meer aan {app}',
    text: 'Je bent verwijderd uit de leden van {app}.',
  },
  roles: { owner: 'Eigenaar', developer: 'Ontwikkelaar', 'read-only': 'Alleen lezen' },
  by: 'Gedaan door {by}.',
  byOperator: 'Gedaan door de beheerder van {platform}.',
  footer:
    'Was jij dit? Dan hoef je niets te doen. Zo niet, log dan in, wijzig je wachtwoord en log overal elders uit:\n\n{link}',
  appFooter:
    'Wist je hiervan? Dan hoef je niets te doen. Zo niet, vraag het een eigenaar van de app, en bekijk de leden en de sleutels:\n\n{link}',
};
