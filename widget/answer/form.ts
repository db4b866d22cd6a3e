import type { SignupUser } from '../attempt/signup-flow.ts';
import { displayName } from './describe-user.ts';

type Control = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;

/** HTML's autofill field names (section 4.10.18.7) that the platform can answer. */
type AutofillField =
  | 'name'
  | 'given-name'
  | 'family-name'
  | 'email'
  | 'tel'
  | 'street-address'
  | 'address-line1'
  | 'address-line2'
  | 'address-line3'
  | 'postal-code'
  | 'address-level1'
  | 'address-level2'
  | 'country'
  | 'country-name'
  | 'language';

/** How vendors name their controls without `autocomplete`, in lower case, with letters and digits only. */
const SPELLINGS: Readonly<Record<AutofillField, readonly string[]>> = {
  name: ['name', 'fullname', 'displayname'],
  'given-name': ['givenname', 'firstname', 'fname', 'forename'],
  'family-name': ['familyname', 'lastname', 'lname', 'surname'],
  email: ['email', 'emailaddress', 'mail'],
  tel: ['tel', 'telephone', 'phone', 'phonenumber', 'mobile', 'mobilephone'],
  'street-address': ['streetaddress', 'street', 'address'],
  'address-line1': ['addressline1', 'address1', 'street1', 'line1'],
  'address-line2': ['addressline2', 'address2', 'street2', 'line2'],
  'address-line3': ['addressline3', 'address3', 'street3', 'line3'],
  'postal-code': ['postalcode', 'postcode', 'postal', 'zip', 'zipcode'],
  'address-level1': ['region', 'state', 'province', 'county'],
  'address-level2': ['city', 'town', 'locality'],
  country: ['countrycode'],
  'country-name': ['country', 'countryname'],
  language: ['language', 'locale', 'lang'],
};
const FIELD_OF_SPELLING = new Map(
  Object.entries(SPELLINGS).flatMap(([field, spellings]) => spellings.map((name) => [name, field as AutofillField])),
);
/** Prefixes as in `billing_first_name` and `customer[email]`. `user` is not among them, because a `user_name` is not a name. */
const PREFIX =
  /^(billing|shipping|delivery|customer|contact|signup|register|checkout|your|address(?=city|town|zip|post|country|state|street))/;
/** The types of `<input>` that can hold one of these values. */
const INPUT_TYPES = ['text', 'email', 'tel', 'search'];

/** The values that were filled in. An untouched one is replaced when another account is chosen, so that data of two people never mix. */
const filled = new WeakMap<Control, string>();

/**
 * Fills the empty controls of a form as a browser's autofill would: by `autocomplete`, or by the usual spellings of `name` and `id`.
 * It never touches a control that the person has typed into or cannot fill in (disabled, read-only, not rendered).
 *
 * @returns the controls that were filled, each after its `input` and `change` events
 */
export function fillForm(form: HTMLFormElement, user: SignupUser): Control[] {
  // In the page's language, because the options of a <select> are in it.
  const values = valuesOf(user, languageOf(form));
  return controlsOf(form).filter((element): element is Control => {
    if (!isFillable(element)) return false;
    const field = fieldOf(element);
    const candidates = field && values[field].filter((value) => value !== undefined && value !== '');
    const value = candidates?.length ? fitting(element, candidates as string[]) : undefined;
    if (value === undefined) {
      if (filled.delete(element)) setNatively(element, '');
      return false;
    }
    setNatively(element, value);
    filled.set(element, value);
    return true;
  });
}

// Read from the prototype, because `<input name="elements">` hides the form's own property.
function controlsOf(form: HTMLFormElement): Element[] {
  return [...(Reflect.get(HTMLFormElement.prototype, 'elements', form) as HTMLFormControlsCollection)];
}

function languageOf(form: HTMLFormElement): string | undefined {
  const element = Element.prototype.closest.call(form, '[lang]');
  return element ? (Reflect.get(HTMLElement.prototype, 'lang', element) as string) : undefined;
}

function isFillable(element: Element): element is Control {
  if (!(element instanceof HTMLSelectElement)) {
    if (element instanceof HTMLInputElement) {
      if (!INPUT_TYPES.includes(element.type)) return false;
    } else if (!(element instanceof HTMLTextAreaElement)) return false;
    if (element.readOnly) return false;
  }
  // A control that nobody can see or reach may be a trap for robots, and filling it would get the person refused.
  const reachable = element.tabIndex >= 0 && !element.closest('[aria-hidden=true],[inert]');
  const free = element.value === '' || filled.get(element as Control) === element.value;
  return reachable && free && !element.matches(':disabled') && isRendered(element);
}

function isRendered(element: Element): boolean {
  // Safari before 17.4 does not have checkVisibility.
  return (
    element.checkVisibility?.({ visibilityProperty: true, opacityProperty: true }) ??
    element.getClientRects().length > 0
  );
}

function fieldOf(control: Control): AutofillField | undefined {
  // The field is the last token, apart from webauthn: "section-x shipping home tel webauthn".
  const tokens = control.autocomplete.toLowerCase().split(/\s+/);
  const token = tokens.findLast((name) => name && name !== 'webauthn');
  // A name with another meaning ("organization", "username") is what the vendor says, so nothing is guessed.
  if (token && token !== 'on' && token !== 'off') return token in SPELLINGS ? (token as AutofillField) : undefined;
  return bySpelling(control.name) ?? bySpelling(control.id);
}

function bySpelling(name: string): AutofillField | undefined {
  const plain = name.toLowerCase().replace(/[^a-z0-9]/g, '');
  return FIELD_OF_SPELLING.get(plain) ?? FIELD_OF_SPELLING.get(plain.replace(PREFIX, ''));
}

/** The possible values of each field, the best first. A `<select>` takes the first value that it offers. */
function valuesOf(user: SignupUser, language?: string): Record<AutofillField, readonly (string | undefined)[]> {
  const { address = {} } = user;
  const lines = address.street_address?.split('\n') ?? [];
  const { country } = address;
  const countryNames = country && [displayName('region', country, language), displayName('region', country, 'en')];
  return {
    name: [user.name ?? [user.given_name, user.family_name].filter(Boolean).join(' ')],
    'given-name': [user.given_name],
    'family-name': [user.family_name],
    email: [user.email],
    tel: [user.phone_number],
    'street-address': [address.street_address],
    'address-line1': [lines[0]],
    'address-line2': [lines[1]],
    'address-line3': [lines.slice(2).join(', ')],
    'postal-code': [address.postal_code],
    'address-level1': [address.region],
    'address-level2': [address.locality],
    country: [country, ...(countryNames || [])],
    'country-name': [...(countryNames || []), country],
    language: [user.locale, user.locale?.split('-')[0], user.locale && displayName('language', user.locale, language)],
  };
}

function fitting(control: Control, candidates: readonly string[]): string | undefined {
  if (control instanceof HTMLSelectElement) {
    const options = [...control.options].filter((option) => !option.disabled && option.value);
    for (const candidate of candidates.map(fold)) {
      const option = options.find(({ value, text }) => fold(value) === candidate || fold(text) === candidate);
      if (option) return option.value;
    }
    return undefined;
  }
  const value = control instanceof HTMLInputElement ? candidates[0]?.replace(/\s*\n\s*/g, ', ') : candidates[0];
  // A truncated value would be wrong, and a value that is too long could not be submitted.
  return value && control.maxLength >= 0 && value.length > control.maxLength ? undefined : value;
}

/** Removes case and accents. */
function fold(text: string): string {
  return text.trim().normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
}

/** Uses the prototype's setter, because React's own setter on the element would treat the value as set by React and ignore the change. */
function setNatively(control: Control, value: string): void {
  Object.getOwnPropertyDescriptor(Object.getPrototypeOf(control), 'value')?.set?.call(control, value);
  control.dispatchEvent(new Event('input', { bubbles: true, composed: true }));
  control.dispatchEvent(new Event('change', { bubbles: true }));
}
