import { baseNote } from './base-note.ts';

/** Cookie and field with the same value (double submit). A page of another site can send the form, but cannot set the cookie. */
const CSRF_NAMES = { cookie: 'signup_csrf_token', field: 'csrf_token' } as const;
const COOKIE_LIFETIME_SECONDS = 10 * 60;

/** Posts the answer to a `login-uri`, or why that cannot be used. */
export type LoginTarget = { readonly post: (answer: FormData) => void } | { readonly mistake: string };

/** @param address what the attribute means in this page. It has to be of the page's origin, so that nothing is sent to anybody else */
export function loginTargetOf(loginUri: string, address: URL | undefined): LoginTarget {
  if (!address) return { mistake: `The attribute login-uri is not an address: ${loginUri}` };
  const { href, protocol } = address;
  if (address.origin !== origin || !protocol.startsWith('http'))
    return {
      mistake: `The attribute login-uri must have this page's origin, but has ${address.origin}.${baseNote(href)}`,
    };
  // Found out before anybody is asked, because the backend refuses a form without the cookie.
  if (!setToken(crypto.randomUUID()))
    return { mistake: 'The attribute login-uri needs a cookie, which the browser does not let this page set.' };
  return { post: (answer) => post(href, answer) };
}

/** Sends the answer to the vendor's backend as a form, which leaves the page. */
function post(href: string, answer: FormData): void {
  const token = crypto.randomUUID();
  setToken(token);
  const form = document.createElement('form');
  form.method = 'post';
  form.action = href;
  // Not where a <base target> of the page says.
  form.target = '_self';
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

/**
 * In a frame of another site, browsers accept only a cookie that is partitioned by that site (CHIPS).
 *
 * @returns false when the browser keeps no cookie for this page
 */
function setToken(token: string): boolean {
  const secure = location.protocol === 'https:' || top !== window ? ';secure' : '';
  const common = `${CSRF_NAMES.cookie}=${token};path=/;max-age=${COOKIE_LIFETIME_SECONDS}${secure}`;
  return [';samesite=strict', ';samesite=none;partitioned'].some((sameSite) => {
    try {
      // biome-ignore lint/suspicious/noDocumentCookie: not every browser has the Cookie Store API yet
      document.cookie = common + sameSite;
      return document.cookie.includes(token);
    } catch {
      return false;
    }
  });
}
