/** The event log of an app, in English. Its shape is the shape of every other language. */
export const en = {
  title: 'Events',
  lead: 'What happened in this environment, newest first.',
  kept: 'Events are kept for 30 days. They hold no email address, name, network address of a person, secret or token: people appear only under the user ID that your app knows. Times are in UTC.',
  filter: 'Filter events',
  group: 'Show',
  groups: {
    all: 'Everything',
    problems: 'Problems only',
    popup: 'Popup',
    credentials: 'Credentials and tokens',
    api: 'API calls',
    login: 'external_login',
    embed: 'Embedded sign-up',
  },
  search: 'Search',
  searchHint: 'Request ID, user ID, status or any word',
  apply: 'Show events',
  clear: 'Show everything',
  list: 'Events, newest first',
  none: 'Nothing has happened here in the last 30 days. Open the popup from your page, or make a call with one of your keys, and it shows up within a second.',
  noneFound: 'No event matches.',
  noneFoundYet: 'No event matches so far. There are older ones to look through.',
  newest: 'Newest',
  older: 'Older',
  pages: 'Pages of events',
  live: 'Live',
  liveHint: 'Show new events as they happen',
  liveOn: 'New events appear as they happen.',
  livePaused: 'Paused: new events do not appear.',
  liveReconnecting: 'The connection is gone. Trying again.',
  liveStopped: 'New events no longer appear. Reload the page to go on.',
  newEvents: 'New events: {count}',
  requestId: 'Request ID',
  userId: 'User ID',
  status: 'Status',
  whatToDo: 'What to do',
  details: 'Details',
  tags: {
    popup: 'Popup',
    endpoint: 'Endpoint',
    credential: 'Credential',
    code: 'Code',
    token: 'Token',
    api: 'API',
    embed: 'Embedded',
    login: 'Login',
    log: 'Log',
  },
  advice: {
    originNotRegistered:
      'A page at {origin} tried to open the popup, and this environment does not list that origin. If the page is yours, add the origin under {setup}, exactly as it stands here. If it is not, there is nothing to do: nothing was sent to it.',
    notAnOrigin:
      'The request has to name an origin and nothing more: scheme, host and port, as location.origin has them. A slash at the end is one character too many.',
    redirectUriNotRegistered:
      'The redirect URI in the request is not registered for this environment. Add it under {setup}, character for character as your backend sends it.',
    appDisabled:
      'The app is switched off: nobody can sign up, and no key works. An owner can switch it on again under {settings}.',
    invalidRequest:
      'The request itself is wrong. “hint” in the details names what is: change it in your page or your backend.',
    notSilent:
      'Your request said prompt=none, but the person has to sign in or agree first. Send it again without prompt=none.',
    serverError: 'The fault is on our side. Try again; if it happens again, send us the request ID.',
    signInFailed: 'There is nothing for you to do. The person has been told and can try again.',
    endpointRefused:
      'Your sign-up endpoint refused this person, and its message was shown to them. Your own log says why.',
    endpointUnavailable:
      'Your sign-up endpoint could not be reached, was too slow, or did not answer as agreed. Nobody new can sign up until it works. Its address is under {setup}.',
    tokenRefused:
      'The token endpoint refused your backend. “error” and “hint” in the details say why. A code works once, and for 60 seconds only.',
    loginRefused:
      'Client ID, secret and environment belong together: copy all three again. A new secret can be made under {keys}.',
    readOnlyKey: 'This key may only read. Use one with full rights for this call.',
    addressNotAllowed:
      'The call came from outside the address ranges of its key. Change the ranges under {keys}, or call from within them.',
    tooManyRequests: 'The requests of this hour are used up. Wait for as long as Retry-After says.',
    notFound: 'This environment has no such user, or the person no longer shares anything with you.',
    callFailed: 'The body of the answer says what to change. The API documentation explains each error code.',
    omitted:
      'Only so many events are listed each minute and each day, so that one kind does not crowd out the others. What is not listed was answered as usual.',
  },
};

export type Strings = typeof en;
