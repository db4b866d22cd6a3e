/** The meaning of each error code of the user API, and its remedy, for the page's table and the document's examples. */
export interface ErrorEntry {
  status: number;
  meaning: string;
  remedy: string;
}

export const ERROR_CATALOGUE: Readonly<Record<string, ErrorEntry>> = {
  invalid_request: {
    status: 400,
    meaning: 'The request is malformed, or it authenticates in two ways at once.',
    remedy: 'Check the URL, the headers and the body. Send either Authorization or X-Api-Key.',
  },
  invalid_json: {
    status: 400,
    meaning: 'The body is sent as JSON, but it is not valid JSON.',
    remedy: 'The message says where the error is. Encode the body with a library.',
  },
  validation_error: {
    status: 400,
    meaning: 'Parameters do not meet their rules.',
    remedy: 'The list validation_error names each parameter and failed rule. Show them beside the fields.',
  },
  invalid_idempotency_key: {
    status: 400,
    meaning: 'The Idempotency-Key is empty or longer than 255 characters.',
    remedy: 'Use a new UUID for each request that you may have to repeat.',
  },
  email_taken: {
    status: 400,
    meaning: 'Another user of this environment has this email address.',
    remedy: 'Sign that user in, or use another address.',
  },
  username_taken: {
    status: 400,
    meaning: 'Another user of this environment has this username.',
    remedy: 'Let the user choose another username.',
  },
  verify_url_not_allowed: {
    status: 400,
    meaning: 'The page for the mail’s link is not on an origin of this environment.',
    remedy: 'Register the origin, or use one of the origins that the message names.',
  },
  reset_url_not_allowed: {
    status: 400,
    meaning: 'The page for the mail’s link is not on an origin of this environment.',
    remedy: 'Register the origin, or use one of the origins that the message names.',
  },
  invalid_credentials: {
    status: 400,
    meaning: 'The signin_id or the password is wrong, or the user may not sign in.',
    remedy: 'Let the user try again, or choose a new password.',
  },
  invalid_code: {
    status: 400,
    meaning: 'The code is wrong, used or expired, or the user’s address has changed.',
    remedy: 'Let the user ask for a new mail.',
  },
  missing_api_key: {
    status: 401,
    meaning: 'The request contains no key.',
    remedy: 'Send the secret key as the user name of HTTP Basic, or as X-Api-Key.',
  },
  invalid_api_key: {
    status: 401,
    meaning: 'The key is not valid: it is mistyped, replaced, expired or revoked.',
    remedy: 'Copy the key again, without white space around it, or create a new one.',
  },
  invalid_authorization: {
    status: 401,
    meaning: 'The Authorization header is neither Basic with a key and no password, nor Bearer.',
    remedy: 'Check the encoding: Basic needs the base64 of the key followed by a colon.',
  },
  invalid_token: {
    status: 401,
    meaning: 'The bearer token has expired, or it is not an access token of this platform.',
    remedy: 'Log in again with external_login. The API does not accept a credential (ID token).',
  },
  app_disabled: {
    status: 402,
    meaning: 'The app is disabled, suspended, or not approved for production.',
    remedy: 'The message says which, and the portal why. Its owner can enable a disabled app again.',
  },
  address_not_allowed: {
    status: 403,
    meaning: 'The key is not allowed from this network address.',
    remedy: 'Call from an address within its ranges, or change the ranges in the portal.',
  },
  read_only_key: {
    status: 403,
    meaning: 'The key is read-only.',
    remedy: 'Use a key with full rights for calls that change something.',
  },
  sandbox_only: {
    status: 403,
    meaning: 'The call is about the sandbox, and the key is of production.',
    remedy: 'Use a key of localhost or development:sandbox.',
  },
  managed_by_account: {
    status: 403,
    meaning: 'The user came through the popup, so only the person can change email, password and names.',
    remedy: 'Change only username, roles and is_active. The person changes the rest in their account.',
  },
  not_found: {
    status: 404,
    meaning: 'There is no such user, token or call, or the person has withdrawn consent.',
    remedy: 'Check the id and the key’s environment. Delete your data about a person who has withdrawn consent.',
  },
  method_not_allowed: {
    status: 405,
    meaning: 'The URL exists, but does not accept this method.',
    remedy: 'Use one of the methods in the Allow header.',
  },
  idempotency_key_reused: {
    status: 409,
    meaning: 'The Idempotency-Key was used for a different request.',
    remedy: 'Use a new key for each request, and repeat a request without changes.',
  },
  request_under_way: {
    status: 409,
    meaning: 'The first request with this Idempotency-Key is still in progress after 5 seconds.',
    remedy: 'Send it again after a moment.',
  },
  precondition_failed: {
    status: 412,
    meaning: 'The user has changed since you read it.',
    remedy: 'Read it again before you change it.',
  },
  body_too_large: {
    status: 413,
    meaning: 'The body is larger than 16 KB.',
    remedy: 'Send only the documented parameters.',
  },
  unsupported_media_type: {
    status: 415,
    meaning: 'The body is neither JSON nor a form.',
    remedy: 'Send Content-Type: application/json or application/x-www-form-urlencoded.',
  },
  too_many_requests: {
    status: 429,
    meaning: 'The app has used its quota for this hour.',
    remedy: 'Wait for the seconds in Retry-After.',
  },
  too_many_attempts: {
    status: 429,
    meaning: 'There were too many wrong passwords for this user.',
    remedy: 'Wait for the seconds in Retry-After, or let the user choose a new password.',
  },
  too_many_mails: {
    status: 429,
    meaning: 'The app has caused too many mails today: in all, to this address, or to its domain. Nothing was written.',
    remedy: 'Wait for the seconds in Retry-After. The limits grow in the first month in production.',
  },
  unavailable: {
    status: 503,
    meaning: 'The platform cannot reach its database at the moment.',
    remedy: 'Wait for the seconds in Retry-After, then send the same request again.',
  },
  overloaded: {
    status: 503,
    meaning: 'The platform has too much to do at the moment. Nothing has been done.',
    remedy: 'Wait for the seconds in Retry-After, then send the same request again.',
  },
  internal_error: {
    status: 500,
    meaning: 'An error occurred on the platform.',
    remedy: 'Send the request again. If it fails again, report its X-Request-Id.',
  },
};
