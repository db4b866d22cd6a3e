/** Cookie and field with the same value (double submit). A page of another site can send the form, but cannot set the cookie. */
const CSRF_NAMES = { cookie: 'signup_csrf_token', field: 'csrf_token' } as const;
const COOKIE_LIFETIME_SECONDS = 10 * 60;

/** Where a `login-uri` leads, or why it cannot be used. */
export type LoginTarget = { readonly href: string } | { readonly mistake: string };

/** @param loginUri relative to the page, and on its origin, so that nothing is sent to anybody else */
export function loginTargetOf(loginUri: string): LoginTarget {
  if (!URL.canParse(loginUri, document.baseURI))
    return { mistake: `The attribute login-uri is not an address: ${loginUri}` };
  const { href, origin, protocol } = new URL(loginUri, document.baseURI);
  if (origin !== location.origin || !protocol.startsWith('http'))
    return { mistake: `The attribute login-uri must have this page's origin, but has ${origin}.` };
  return { href };
}

/** Sends the answer to the vendor's backend as a form, which leaves the page. */
export function postToLoginUri(href: string, answer: FormData): void {
  const token = crypto.randomUUID();
  const secure = location.protocol === 'https:' ? ';secure' : '';
  // biome-ignore lint/suspicious/noDocumentCookie: not every browser has the Cookie Store API yet
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
  // Called on the prototype, because a field named `submit` would hide the method.
  HTMLFormElement.prototype.submit.call(form);
}
