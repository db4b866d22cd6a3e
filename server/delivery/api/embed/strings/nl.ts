import type { EmbedStrings } from './en.ts';

export const nl: EmbedStrings = {
  errors: {
    user_name_required: 'Vul een e-mailadres of gebruikersnaam in.',
    user_name_invalid:
      'Vul een e-mailadres in zoals naam@example.com, of een gebruikersnaam met alleen letters, cijfers en . _ -',
    user_name_too_short: 'Kies een gebruikersnaam van minstens {count} tekens.',
    user_name_too_long: 'Kies een e-mailadres of gebruikersnaam van hoogstens {count} tekens.',
    user_exists: 'Er is al een account met dit e-mailadres of deze gebruikersnaam. Log in of kies een andere.',
    password_required: 'Vul een wachtwoord in.',
    password_invalid: 'Dit wachtwoord bevat iets wat niet gebruikt kan worden. Kies een ander.',
    password_too_short: 'Gebruik minstens {count} tekens voor het wachtwoord.',
    password_too_long: 'Gebruik hoogstens {count} tekens voor het wachtwoord.',
    password_matches_user_name: 'Kies een ander wachtwoord dan je e-mailadres of gebruikersnaam.',
    password_common: 'Veel mensen gebruiken dit wachtwoord, dus het is makkelijk te raden. Kies een ander.',
    first_name_invalid: 'De voornaam bevat iets wat hier niet gebruikt kan worden.',
    first_name_too_long: 'Gebruik hoogstens {count} tekens voor de voornaam.',
    last_name_invalid: 'De achternaam bevat iets wat hier niet gebruikt kan worden.',
    last_name_too_long: 'Gebruik hoogstens {count} tekens voor de achternaam.',
    language_required: 'De taal ontbreekt. Kies een taal en probeer het opnieuw.',
    language_invalid: 'We begrijpen deze taal niet. Kies een andere, zoals “en” of “nl”.',
    invalid_credentials:
      'Het e-mailadres of de gebruikersnaam en het wachtwoord horen niet bij elkaar. Controleer ze en probeer het opnieuw.',
    too_many_attempts: 'Te veel pogingen. Wacht even en probeer het dan opnieuw.',
    too_many_requests: 'Te veel mensen gebruiken dit op dit moment. Wacht even en probeer het dan opnieuw.',
    invalid_json: 'De app stuurde iets wat geen JSON is (regel {line}, kolom {column}). Vertel het de makers.',
    invalid_request:
      'De app stuurde iets waar we niet mee kunnen werken. Vertel het de makers: de body moet een JSON-object zijn.',
    invalid_api_key: 'De app is niet goed ingesteld. Vertel het de makers: X-Api-Key ontbreekt of klopt niet.',
    app_disabled: 'De app staat op dit moment uit. Probeer het later opnieuw of vraag het de makers.',
    read_only_key: 'De app is niet goed ingesteld. Vertel het de makers: met deze sleutel mag je alleen lezen.',
    address_not_allowed:
      'De app is niet goed ingesteld. Vertel het de makers: de sleutel werkt niet vanaf dit netwerkadres.',
    not_found: 'Op dit adres is niets. Vertel het de makers van de app.',
    method_not_allowed: 'De app vroeg het op de verkeerde manier. Vertel het de makers: dit adres accepteert POST.',
    invalid_idempotency_key:
      'De app vroeg het op de verkeerde manier. Vertel het de makers: Idempotency-Key heeft 1 tot 255 tekens.',
    idempotency_key_reused:
      'De app gebruikte dezelfde Idempotency-Key voor twee verzoeken. Probeer het opnieuw of vertel het de makers.',
    request_under_way: 'We zijn er nog mee bezig. Wacht even en probeer het dan opnieuw.',
    body_too_large: 'Dit is meer dan we aankunnen. Maak je antwoorden korter.',
    unsupported_media_type:
      'De app vroeg het op de verkeerde manier. Vertel het de makers: Content-Type moet application/json zijn.',
    internal_error:
      'Er ging bij ons iets mis. Probeer het opnieuw. Gebeurt het weer, geef ons dan dit nummer: {requestId}.',
  },
  forgotPassword: {
    header: 'Bekijk je e-mail',
    body: 'Als er een account met dit e-mailadres is, hebben we er net een bericht naartoe gestuurd waarmee je een nieuw wachtwoord krijgt.',
  },
};
