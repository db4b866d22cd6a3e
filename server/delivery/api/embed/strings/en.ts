/**
 * What the embedded sign-up contract says to the person on the screen, in English. The shape of this object is the shape of every
 * other language, and `{words}` in braces are filled in: keep each of them.
 */
export const en = {
  /** By code. */
  errors: {
    user_name_required: 'Enter an email address or a username.',
    user_name_invalid:
      'Enter an email address like name@example.com, or a username of letters, digits, and . _ - only.',
    user_name_too_short: 'Choose a username of at least {count} characters.',
    user_name_too_long: 'Choose an email address or username of at most {count} characters.',
    user_exists: 'There is already an account with this email address or username. Log in, or choose another.',
    password_required: 'Enter a password.',
    password_invalid: 'This password contains something that cannot be used. Choose another.',
    password_too_short: 'Use at least {count} characters for the password.',
    password_too_long: 'Use at most {count} characters for the password.',
    password_matches_user_name: 'Choose a password other than your email address or username.',
    password_common: 'Many people use this password, so it is easy to guess. Choose another.',
    first_name_invalid: 'The first name contains something that cannot be used here.',
    first_name_too_long: 'Use at most {count} characters for the first name.',
    last_name_invalid: 'The last name contains something that cannot be used here.',
    last_name_too_long: 'Use at most {count} characters for the last name.',
    language_required: 'The language is missing. Choose a language and try again.',
    language_invalid: 'We do not understand this language. Choose another, such as “en” or “nl”.',
    invalid_credentials: 'The email address or username and the password do not match. Check both and try again.',
    too_many_attempts: 'Too many attempts. Wait a while, then try again.',
    too_many_requests: 'Too many people are using this at the moment. Wait a while, then try again.',
    invalid_json: 'The app sent something that is not JSON (line {line}, column {column}). Tell its makers.',
    invalid_request:
      'The app sent something that we cannot work with. Tell its makers: the body must be a JSON object.',
    invalid_api_key: 'The app is not set up correctly. Tell its makers: X-Api-Key is missing or wrong.',
    app_disabled: 'The app is switched off at the moment. Try again later, or ask its makers.',
    read_only_key: 'The app is not set up correctly. Tell its makers: the key may read only.',
    address_not_allowed:
      'The app is not set up correctly. Tell its makers: the key does not work from this network address.',
    not_found: 'There is nothing at this address. Tell the makers of the app.',
    method_not_allowed: 'The app asked in the wrong way. Tell its makers: this address takes POST.',
    invalid_idempotency_key:
      'The app asked in the wrong way. Tell its makers: Idempotency-Key takes 1 to 255 characters.',
    idempotency_key_reused: 'The app used the same Idempotency-Key for two requests. Try again, or tell its makers.',
    request_under_way: 'We are still working on it. Wait a moment, then try again.',
    body_too_large: 'This is more than we can take. Shorten your answers.',
    unsupported_media_type: 'The app asked in the wrong way. Tell its makers: Content-Type must be application/json.',
    internal_error:
      'Something failed on our side. Try again, and if it happens again, tell us this number: {requestId}.',
  },
  /** The answer to a forgotten password, whether there is an account or not. */
  forgotPassword: {
    header: 'Check your email',
    body: 'If there is an account with this email address, we have just sent a message to it that helps you to a new password.',
  },
};

export type EmbedStrings = typeof en;
