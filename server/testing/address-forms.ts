import type { PopupRequest } from '@signup-with-platform/protocol';
import type { HttpBrowser, Page } from './http-journey.ts';

/** A platform, and how a shop of its production opens the popup. */
export interface FormPlace {
  readonly publicUrl: string;
  readonly popup: PopupRequest & Record<string, string>;
  /** A browser that has never been here, in a network of its own, so that no limit is reached. */
  newBrowser(): HttpBrowser;
}

/** A form that is filled in and not sent. */
export interface FilledForm {
  readonly method: 'POST';
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** A form that takes an address of which nobody may learn whether somebody has it. */
export interface AddressForm {
  readonly name: string;
  /** Goes to the form in a new browser, and fills it in. */
  fill(place: FormPlace, email: string): Promise<FilledForm>;
}

const WRONG_PASSWORD = 'not the password of anybody';
/** Of somebody who is new, or thinks so. With the password of the account, they would be signed in to it. */
const NEW_PASSWORD = 'a loom of many cards';
/** No code: the right one is another in each place, and is this in one place among a million. */
const WRONG_CODE = '000000';
const NAMES = { given_name: 'Ada', family_name: 'Byron' };

/** Every form by which a stranger could ask. */
export const ADDRESS_FORMS: readonly AddressForm[] = [
  popupForm('Popup: password', '/sign-in', (first) => first, { password: WRONG_PASSWORD }),
  popupForm('Popup: ask for a code to sign in', '/sign-in', (first) => first, {}, 'code'),
  popupForm('Popup: ask for a code to sign up', '/code', (first, browser) =>
    browser.get(first.signUpAddress.replace(/\/password$/, '')),
  ),
  popupForm('Popup: forgotten password', '/code', (first, browser) =>
    browser.get(first.signUpAddress.replace(/sign-up\/password$/, 'forgot-password')),
  ),
  {
    name: 'Popup: try a code',
    fill: async (place, email) => {
      const browser = place.newBrowser();
      const first = await browser.openPopup(place.popup);
      const { action, values } = first.form('/sign-in');
      const page = await browser.post(action.replace(/sign-in$/, 'code'), { ...values, email });
      return requestOf(place, browser, page, '/code-check', { code: WRONG_CODE });
    },
  },
  popupForm('Popup: sign up with a password', '/sign-up', (first, browser) => browser.get(first.signUpAddress), {
    ...NAMES,
    password: NEW_PASSWORD,
  }),
  portalForm('Portal: password', 'sign-in', { password: WRONG_PASSWORD }),
  portalForm('Portal: forgotten password', 'forgot-password'),
  portalForm('Portal: sign up with a password', 'sign-up', { ...NAMES, password: NEW_PASSWORD }),
];

type Values = Readonly<Record<string, string>>;

/** @param to the last part of the address, where a button of the form sends it elsewhere */
function popupForm(
  name: string,
  action: string,
  lead: (first: Page, browser: HttpBrowser) => Page | Promise<Page>,
  values: Values = {},
  to?: string,
): AddressForm {
  return {
    name,
    fill: async (place, email) => {
      const browser = place.newBrowser();
      const page = await lead(await browser.openPopup(place.popup), browser);
      const request = requestOf(place, browser, page, action, { ...values, email });
      return to === undefined ? request : { ...request, path: request.path.replace(/[^/]+$/, to) };
    },
  };
}

function portalForm(name: string, path: string, values: Values = {}): AddressForm {
  return {
    name,
    fill: async (place, email) => {
      const browser = place.newBrowser();
      const page = await browser.get(`/account/${path}`);
      return requestOf(place, browser, page, `/${path}`, { ...values, email });
    },
  };
}

function requestOf(
  { publicUrl }: FormPlace,
  browser: HttpBrowser,
  page: Page,
  action: string,
  typed: Values,
): FilledForm {
  const form = page.form(action);
  const path = new URL(form.action, publicUrl).pathname;
  return {
    method: 'POST',
    path,
    headers: {
      ...browser.headers,
      host: new URL(publicUrl).host,
      origin: publicUrl,
      cookie: browser.cookieHeader(path),
      'sec-fetch-site': 'same-origin',
      'sec-fetch-dest': 'document',
      'content-type': 'application/x-www-form-urlencoded',
    },
    body: new URLSearchParams(
      Object.entries({ ...form.values, ...typed }).map(([key, value]) => [key, String(value)]),
    ).toString(),
  };
}
