import type { EmbedStrings } from './en.ts';

export const de: EmbedStrings = {
  errors: {
    user_name_required: 'Geben Sie eine E-Mail-Adresse oder einen Benutzernamen ein.',
    user_name_invalid:
      'Geben Sie eine E-Mail-Adresse wie name@example.com ein oder einen Benutzernamen nur aus Buchstaben, Ziffern und . _ -',
    user_name_too_short: 'Wählen Sie einen Benutzernamen mit mindestens {count} Zeichen.',
    user_name_too_long: 'Wählen Sie eine E-Mail-Adresse oder einen Benutzernamen mit höchstens {count} Zeichen.',
    user_exists:
      'Es gibt bereits ein Konto mit dieser E-Mail-Adresse oder diesem Benutzernamen. Melden Sie sich an oder wählen Sie einen anderen Namen.',
    password_required: 'Geben Sie ein Passwort ein.',
    password_invalid: 'Dieses Passwort enthält etwas, das nicht verwendet werden kann. Wählen Sie ein anderes.',
    password_too_short: 'Verwenden Sie für das Passwort mindestens {count} Zeichen.',
    password_too_long: 'Verwenden Sie für das Passwort höchstens {count} Zeichen.',
    password_matches_user_name:
      'Wählen Sie ein Passwort, das sich von Ihrer E-Mail-Adresse und Ihrem Benutzernamen unterscheidet.',
    password_common: 'Viele verwenden dieses Passwort, deshalb ist es leicht zu erraten. Wählen Sie ein anderes.',
    first_name_invalid: 'Der Vorname enthält etwas, das hier nicht verwendet werden kann.',
    first_name_too_long: 'Verwenden Sie für den Vornamen höchstens {count} Zeichen.',
    last_name_invalid: 'Der Nachname enthält etwas, das hier nicht verwendet werden kann.',
    last_name_too_long: 'Verwenden Sie für den Nachnamen höchstens {count} Zeichen.',
    language_required: 'Die Sprache fehlt. Wählen Sie eine Sprache und versuchen Sie es erneut.',
    language_invalid: 'Wir verstehen diese Sprachangabe nicht. Wählen Sie eine andere, etwa „en“ oder „de“.',
    invalid_credentials:
      'E-Mail-Adresse oder Benutzername und Passwort passen nicht zusammen. Prüfen Sie beides und versuchen Sie es erneut.',
    too_many_attempts: 'Zu viele Versuche. Warten Sie eine Weile und versuchen Sie es dann erneut.',
    too_many_requests:
      'Im Moment nutzen das zu viele Menschen. Warten Sie eine Weile und versuchen Sie es dann erneut.',
    invalid_json:
      'Die App hat etwas gesendet, das kein JSON ist (Zeile {line}, Spalte {column}). Sagen Sie es ihren Entwicklern.',
    invalid_request:
      'Die App hat etwas gesendet, mit dem wir nichts anfangen können. Sagen Sie es ihren Entwicklern: Der Inhalt muss ein JSON-Objekt sein.',
    invalid_api_key:
      'Die App ist nicht richtig eingerichtet. Sagen Sie es ihren Entwicklern: X-Api-Key fehlt oder ist falsch.',
    app_disabled: 'Die App ist im Moment abgeschaltet. Versuchen Sie es später erneut oder fragen Sie ihre Entwickler.',
    read_only_key:
      'Die App ist nicht richtig eingerichtet. Sagen Sie es ihren Entwicklern: Der Schlüssel darf nur lesen.',
    address_not_allowed:
      'Die App ist nicht richtig eingerichtet. Sagen Sie es ihren Entwicklern: Der Schlüssel gilt nicht für diese Netzwerkadresse.',
    not_found: 'Unter dieser Adresse gibt es nichts. Sagen Sie es den Entwicklern der App.',
    method_not_allowed:
      'Die App hat auf die falsche Weise gefragt. Sagen Sie es ihren Entwicklern: Diese Adresse nimmt POST an.',
    invalid_idempotency_key:
      'Die App hat auf die falsche Weise gefragt. Sagen Sie es ihren Entwicklern: Idempotency-Key hat 1 bis 255 Zeichen.',
    idempotency_key_reused:
      'Die App hat denselben Idempotency-Key für zwei Anfragen verwendet. Versuchen Sie es erneut oder sagen Sie es ihren Entwicklern.',
    request_under_way: 'Wir sind noch dabei. Warten Sie einen Moment und versuchen Sie es dann erneut.',
    body_too_large: 'Das ist mehr, als wir annehmen können. Kürzen Sie Ihre Angaben.',
    unsupported_media_type:
      'Die App hat auf die falsche Weise gefragt. Sagen Sie es ihren Entwicklern: Content-Type muss application/json sein.',
    internal_error:
      'Bei uns ist etwas schiefgegangen. Versuchen Sie es erneut. Passiert es wieder, nennen Sie uns diese Nummer: {requestId}.',
  },
  forgotPassword: {
    header: 'Sehen Sie in Ihr Postfach',
    body: 'Wenn es ein Konto mit dieser E-Mail-Adresse gibt, haben wir gerade eine Nachricht dorthin gesendet, mit der Sie ein neues Passwort bekommen.',
  },
};
