/** What each error code of the user API means, and what to do about it: the page's table, and the examples of the document. */
export interface ErrorEntry {
  status: number;
  meaning: string;
  remedy: string;
}

export const ERROR_CATALOGUE: Readonly<Record<string, ErrorEntry>> = {
  invalid_request: {
    status: 400,
    meaning: 'The request could not be understood, or it authenticates in two ways at once.',
    remedy: 'Check the URL, the headers and the body. Send either Authorization or X-Api-Key.',
  },
  invalid_json: {
    status: 400,
    meaning: 'The body says it is JSON and is not.',
    remedy: 'The message says where it goes wrong. Encode with a library instead of by hand.',
  },
  validation_error: {
    status: 400,
    meaning: 'Parameters do not meet their rules.',
    remedy: 'The list validation_error names each parameter and rule. Show them beside the fields.',
  },
  invalid_idempotency_key: {
    status: 400,
    meaning: 'The Idempotency-Key is empty or longer than 255 characters.',
    remedy: 'Send a new UUID with each request that you may have to repeat.',
  },
  email_taken: {
    status: 400,
    meaning: 'Another user of this environment has this e-mail address.',
    remedy: 'Sign that user in, or ask for another address.',
  },
  username_taken: {
    status: 400,
    meaning: 'Another user of this environment has this username.',
    remedy: 'Let the user choose another.',
  },
  verify_url_not_allowed: {
    status: 400,
    meaning: 'The page to which the mail should link is not on an origin of this environment.',
    remedy: 'Register the origin, or use one of those that the message names.',
  },
  reset_url_not_allowed: {
    status: 400,
    meaning: 'The page to which the mail should link is not on an origin of this environment.',
    remedy: 'Register the origin, or use one of those that the message names.',
  },
  invalid_credentials: {
    status: 400,
    meaning: 'The signin_id or the password is wrong, or the user may not sign in.',
    remedy: 'Let the user try again, or choose a new password.',
  },
  invalid_code: {
    status: 400,
    meaning: 'The code is wrong, used or expired, or the user has another address by now.',
    remedy: 'Let the user ask for a new mail.',
  },
  missing_api_key: {
    status: 401,
    meaning: 'The request carries no key.',
    remedy: 'Send the secret key as the user name of HTTP Basic, or as X-Api-Key.',
  },
  invalid_api_key: {
    status: 401,
    meaning: 'The key opens nothing: it is mistyped, superseded or deleted.',
    remedy: 'Copy the key again, without white space around it, or generate a new one.',
  },
  invalid_authorization: {
    status: 401,
    meaning: 'The Authorization header is neither Basic with a key and no password, nor Bearer.',
    remedy: 'Check the encoding: base64 of the key and a colon.',
  },
  invalid_token: {
    status: 401,
    meaning: 'The bearer token has expired, or it is not an access token of this platform.',
    remedy: 'Log in again with external_login. A credential (ID token) does not open the API.',
  },
  app_disabled: {
    status: 402,
    meaning: 'The app is disabled.',
    remedy: 'Its owner or the platform can enable it again.',
  },
  address_not_allowed: {
    status: 403,
    meaning: 'The key is limited to other network addresses.',
    remedy: 'Call from an address within its ranges, or change the ranges in the portal.',
  },
  read_only_key: {
    status: 403,
    meaning: 'The key may read only.',
    remedy: 'Use a key with full rights for calls that change something.',
  },
  managed_by_account: {
    status: 403,
    meaning: 'The user came through the popup: e-mail, password and names are the person’s own.',
    remedy: 'Change what is yours (username, roles, is_active); the person changes the rest in the account.',
  },
  not_found: {
    status: 404,
    meaning: 'There is no such user, token or call; or the person has withdrawn consent.',
    remedy: 'Check the id and the environment of the key. Delete your copy of a person who withdrew.',
  },
  method_not_allowed: {
    status: 405,
    meaning: 'The address exists, but does not take this method.',
    remedy: 'The Allow header says which it takes.',
  },
  idempotency_key_reused: {
    status: 409,
    meaning: 'The Idempotency-Key was used for a different request.',
    remedy: 'Make a new key for each request, and repeat a request without changes.',
  },
  request_under_way: {
    status: 409,
    meaning: 'The first request with this Idempotency-Key is not finished.',
    remedy: 'Send it again after a moment.',
  },
  precondition_failed: {
    status: 412,
    meaning: 'The user has changed since you read it.',
    remedy: 'Read it again, then decide.',
  },
  body_too_large: {
    status: 413,
    meaning: 'The body is larger than 16 KB.',
    remedy: 'Send the documented parameters only.',
  },
  unsupported_media_type: {
    status: 415,
    meaning: 'The body is neither JSON nor a form.',
    remedy: 'Send Content-Type: application/json or application/x-www-form-urlencoded.',
  },
  too_many_requests: {
    status: 429,
    meaning: 'The app has used up its quota of this hour.',
    remedy: 'Wait as many seconds as Retry-After says.',
  },
  too_many_attempts: {
    status: 429,
    meaning: 'There were too many wrong passwords for this user.',
    remedy: 'Wait as many seconds as Retry-After says, or let the user choose a new password.',
  },
  unavailable: {
    status: 503,
    meaning: 'The platform cannot reach its database for the moment.',
    remedy: 'Wait for Retry-After, then send the same request again.',
  },
  internal_error: {
    status: 500,
    meaning: 'The platform failed.',
    remedy: 'Send the request again. If it fails again, report its X-Request-Id.',
  },
};
