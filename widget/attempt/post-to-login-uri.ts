/** Cookie and field that have to say the same: a page of another site can send the form, but cannot set the cookie (double submit). */
const CSRF_NAMES = { cookie: 'signup_csrf_token', field: 'csrf_token' } as const;
const COOKIE_LIFETIME_SECONDS = 10 * 60;

/** Where a `login-uri` leads, or why it cannot be used. */
export type LoginTarget = { readonly href: string } | { readonly mistake: string };

/** @param loginUri relative to the page, and of its origin: nothing is handed to anybody else */
export function loginTargetOf(loginUri: string): LoginTarget {
  if (!URL.canParse(loginUri, document.baseURI))
    return { mistake: `The attribute login-uri is no address: ${loginUri}` };
  const { href, origin, protocol } = new URL(loginUri, document.baseURI);
  if (origin !== location.origin || !protocol.startsWith('http'))
    return { mistake: `The attribute login-uri must be of this page's origin, and is of ${origin}.` };
  return { href };
}

/** Sends the answer to the vendor's backend as a form would, leaving the page. */
export function postToLoginUri(href: string, answer: FormData): void {
  const token = crypto.randomUUID();
  const secure = location.protocol === 'https:' ? ';secure' : '';
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is not everywhere yet
  document.cookie = `${CSRF_NAMES.cookie}=${token};path=/;samesite=strict;max-age=${COOKIE_LIFETIME_SECONDS}${secure}`;
  const form = document.createElement('form');
  form.method = 'post';
  form.action = href;
  form.hidden = true;
  for (const [name, value] of [...answer, [CSRF_NAMES.field, token] as const]) {
    const input = document.createElement('input');
    input.type = 'hidden';
    input.name = name;
    input.value = String(value);
    form.append(input);
  }
  document.body.append(form);
  // A field may be named `submit`, and would stand in the way.
  HTMLFormElement.prototype.submit.call(form);
}
