/** What was found, and what to do about it if something is wrong. `{placeholders}` are the facts of the finding. */
export interface FindingText {
  title: string;
  remedy?: string;
}

/**
 * What the doctor may find on a page, in English for the vendor's developer. The widget says it, so it is not read from the catalogue, whose
 * English (`vendor.doctor.findings`) says the same: a test of the doctor's page compares them.
 */
export const FINDING_TEXTS = {
  origin_registered: { title: 'The origin {origin} is registered.' },
  origin_not_registered: {
    title: 'The origin {origin} is not registered.',
    remedy:
      'The popup refuses every page of this origin. Add it to the origins of this environment, exactly as written here.',
  },
  origin_nearly_registered: {
    title: 'The origin {origin} is not registered, though {near} is.',
    remedy:
      'They are two origins because scheme, host name, and port must all match. Open the page at the registered one, or add this one.',
  },
  insecure_page: {
    title: 'The page is served over http.',
    remedy:
      'The button works on https pages only, except on localhost. Serve the page over https and register that origin.',
  },
  own_machine_in_production: {
    title: '{origin} is on a developer’s own machine, and this environment is production.',
    remedy:
      'Production takes public https origins only. Use the client ID of the localhost environment while you develop.',
  },
  app_disabled: {
    title: 'The app is disabled.',
    remedy: 'Nobody can sign up until an owner enables it again, under Settings.',
  },
  unknown_client: {
    title: 'No app has the client ID {found}.',
    remedy: 'Copy it again from the Setup of the environment. A client ID of another platform does not work here.',
  },
  page_unreachable: {
    title: 'The page could not be reached ({reason}).',
    remedy:
      'Only its address has been checked. Is it right, and is the page open to the internet? ' +
      'If it is behind a sign-in or a firewall, put the attribute debug on the tag, which checks from within the page.',
  },
  page_not_public: {
    title: 'The page is on your own machine or network, which cannot be seen from here.',
    remedy: 'Only its address has been checked. Put the attribute debug on the tag, which checks from within the page.',
  },
  page_not_read: {
    title: 'The page could not read its own headers ({reason}).',
    remedy:
      "A connect-src without 'self', or a page that answers a form, causes that. Nothing that depends on headers has been checked.",
  },
  page_status: {
    title: 'The page answered with status {status}.',
    remedy:
      'What was checked may be an error page or a sign-in page. Give the address of the page that has the button.',
  },
  page_redirects: {
    title: 'The page redirects from {from} to {to}.',
    remedy:
      'The button is on the page that people end up at, so the origin of that page has to be registered, and was checked.',
  },
  popup_linked: { title: 'The popup can answer the page (Cross-Origin-Opener-Policy: {policy}).' },
  popup_relayed: {
    title: 'Cross-Origin-Opener-Policy is {policy}; the answer comes by way of the redirect URI {uri}.',
  },
  referrer_withheld: {
    title: 'The page hides where requests come from (Referrer-Policy: {policy}).',
    remedy:
      'Customers who come back have to press “Continue as …” each time, because the request for the popup does not show the ' +
      'registered origin. Send strict-origin-when-cross-origin instead: other sites then see the origin, and never the path.',
  },
  popup_cut_off: {
    title: 'Cross-Origin-Opener-Policy: {policy} cuts the popup off from the page.',
    remedy:
      'Send same-origin-allow-popups instead. If the page needs {policy}, register a redirect URI of this origin ' +
      'and name it in the attribute redirect-uri. The answer then comes that way.',
  },
  popup_cut_off_attribute: {
    title: 'Cross-Origin-Opener-Policy: {policy} cuts the popup off, and the tag names no redirect URI.',
    remedy: 'You have registered {uri}. Put it on the tag, and the answer comes that way.',
  },
  csp_allows: { title: 'The Content-Security-Policy lets the widget work.' },
  csp_script_blocked: {
    title: 'The Content-Security-Policy blocks the script: {directive} does not allow {platform}.',
    remedy: 'Change the directive to this.',
  },
  csp_script_nonce: {
    title:
      'The Content-Security-Policy requires a nonce: {directive} has one, and the script element does not have it.',
    remedy:
      'Put the nonce of the response on the script element. The parts that it loads inherit it. Or allow the platform.',
  },
  csp_script_strict_dynamic: {
    title: "The Content-Security-Policy has 'strict-dynamic' in {directive}: allowing {platform} has no effect.",
    remedy: 'Put the nonce of the response on the script element, or add the element by a script that has it.',
  },
  csp_connect_blocked: {
    title:
      'The Content-Security-Policy keeps the widget from the platform’s keys: {directive} does not allow {platform}.',
    remedy: 'Credentials cannot be checked in the page. Change the directive to this.',
  },
  csp_trusted_types: {
    title: 'The Content-Security-Policy does not allow the Trusted Types policy lit-html.',
    remedy: 'The button renders with it, so it cannot start. Change the directive to this.',
  },
  frame_sandbox: {
    title: 'The frame around this page has a sandbox without {missing}.',
    remedy:
      'Without allow-same-origin, the page has no origin that can be registered. Without allow-forms, the popup can send its ' +
      'forms only with allow-popups-to-escape-sandbox. Give the frame what stands here.',
  },
  csp_sandbox: {
    title: 'The Content-Security-Policy has sandbox without {missing}.',
    remedy: 'The popup cannot open, or cannot work. Change the directive to this, or remove it.',
  },
  clock_agrees: { title: 'The clocks agree (difference: {seconds} s).' },
  clock_skew: {
    title: 'The clock of the page’s server is {seconds} seconds off.',
    remedy: 'A backend with that clock refuses good credentials, or accepts expired ones. Synchronize it by NTP.',
  },
  browser_clock_skew: {
    title: 'The clock of this device is {seconds} seconds off.',
    remedy:
      'Signing up works, because credentials are judged by the platform’s time. Other pages may fail: let the device set its time from the network.',
  },
  redirect_uri_registered: { title: 'The redirect URI {uri} is registered.' },
  redirect_uri_not_registered: {
    title: 'The redirect URI {uri} is not registered.',
    remedy: 'The platform refuses the request. Add it to this environment, exactly as written here.',
  },
  redirect_uri_nearly_registered: {
    title: 'The redirect URI {uri} is not registered, though {near} is.',
    remedy: 'They are compared character by character, including case and a slash at the end. Make the two equal.',
  },
  redirect_uri_other_origin: {
    title: 'The redirect URI {uri} does not have the page’s origin {origin}.',
    remedy: 'It receives the answer for the page, so it must have the same scheme, host, and port.',
  },
  redirect_uri_unreachable: {
    title: 'The page at the redirect URI {uri} could not be reached ({reason}).',
    remedy: 'Answers arrive there. Serve a page at that address.',
  },
  redirect_uri_without_script: {
    title: 'The page at the redirect URI {uri} does not seem to load the script.',
    remedy: 'The script takes the answer from there to the button. Put it on that page; nothing else is needed.',
  },
  tag_found: { title: 'The tag and its script are on the page as they should be.' },
  tag_missing: {
    title: 'The page as it is sent has no <signup-with-platform>.',
    remedy: 'A script may add it later, which cannot be seen here. Otherwise put these lines on the page.',
  },
  client_id_missing: { title: 'The tag has no client-id.', remedy: 'Put it there.' },
  client_id_other: {
    title: 'The tag has another client ID: {found}.',
    remedy: 'This environment has {expected}. Each environment of each app has its own.',
  },
  client_id_other_environment: {
    title: 'The tag has the client ID of another environment of this app: {environment}.',
    remedy: 'Use the client ID of this environment, or have the page checked in that one.',
  },
  fields_unknown: {
    title: 'The attribute fields names what no platform has: {found}.',
    remedy: 'The popup refuses the request. The documentation lists the claims that can be asked for.',
  },
  fields_not_registered: {
    title: 'The attribute fields names what this app has not registered: {missing}.',
    remedy: 'The popup refuses the request. Register it under Settings, or leave it out.',
  },
  fields_none: {
    title: 'The tag names no fields, and the app requires none, so nothing is shared.',
    remedy: 'Name what the page needs in the attribute fields. The tag on the Code page has all that is registered.',
  },
  fields_required_not_asked: {
    title: 'The attribute fields leaves out what this app requires: {missing}.',
    remedy: 'The popup does not ask for it. Name it there, or register it as optional under Settings.',
  },
  nonce_missing: {
    title: 'The tag has no nonce.',
    remedy:
      'Your backend cannot tell a credential of this page from one that was taken elsewhere. ' +
      'Create a nonce for each page view, keep it in the session, and compare it.',
  },
  nonce_placeholder: {
    title: 'The nonce is a placeholder or can be guessed: {found}.',
    remedy: 'Create a random one for each page view, keep it in the session, and compare it.',
  },
  script_missing: {
    title: 'The page does not load the script from {platform}.',
    remedy:
      'If it comes in a bundle of yours, name the platform in the attribute platform. Otherwise put this on the page.',
  },
  script_other_origin: {
    title: 'The script comes from another place: {src}.',
    remedy:
      'The button opens the platform that its script came from. Load it from {platform}, or name that in the attribute platform.',
  },
  platform_other: {
    title: 'The attribute platform names another platform: {found}.',
    remedy: 'This app is registered at {platform}.',
  },
  script_not_module: {
    title: 'The script element is not a module: {src}.',
    remedy: 'Browsers run the script only with type="module".',
  },
  scripts_differ: {
    title: 'The page loads the script twice, from {first} and {second}.',
    remedy: 'The one that loads first is used, and that may be either. Keep one.',
  },
  platform_unreachable: {
    title: 'The platform {platform} could not be reached ({reason}).',
    remedy: 'Is the address right, and is the platform up? A connect-src that does not allow it has the same effect.',
  },
} as const satisfies Record<string, FindingText>;

export type FindingCode = keyof typeof FINDING_TEXTS;
