import type { Claim, Field } from '@signup-with-platform/protocol';
import { formatAddress } from '../../domain/claims/address.ts';
import { accountClaims } from '../../domain/claims/claims.ts';
import {
  askedClaims,
  type ConsentRequest,
  consentRequest,
  priorConsent,
} from '../../domain/consent/consent-request.ts';
import { registeredClaims } from '../../engine/clients.ts';
import type { RealmContext } from '../../http/realm-context.ts';
import type { Account } from '../../storage/accounts.ts';
import type { Grant } from '../../storage/grants.ts';
import type { InteractionLike, InteractionView } from './interaction-page.ts';
import type { ConsentField, ConsentModel, FillInput, FillInputError, VendorRefusal } from './pages/models.ts';
import { PopupError } from './popup-error.ts';

/** What a person typed into a consent form that came back with errors. */
export interface ConsentAttempt {
  shared: ReadonlySet<string>;
  values: Partial<Record<FillInput, string>>;
  errors: Partial<Record<FillInput, FillInputError>>;
  changedMeanwhile?: true;
  vendorRefusal?: VendorRefusal;
}

/** One consent: whose it is and what it is about. */
export interface ConsentSubject {
  account: Account;
  request: ConsentRequest;
  /** What was agreed to before, as `request` knows it. */
  known: Grant | undefined;
}

/** Inputs with which a field can be filled in right on the consent page, and whether a shared field needs each. */
export const FILL_INPUTS: Partial<Record<Field, readonly { name: FillInput; needed: boolean }[]>> = {
  name: [
    { name: 'given_name', needed: true },
    { name: 'family_name', needed: false },
  ],
  phone_number: [{ name: 'phone_number', needed: true }],
  address: [
    { name: 'street_address', needed: true },
    // Some countries have no postal codes, most no regions.
    { name: 'postal_code', needed: false },
    { name: 'locality', needed: true },
    { name: 'region', needed: false },
    { name: 'country', needed: true },
  ],
};

export async function consentSubject(
  { rows }: RealmContext,
  { app }: Pick<InteractionView, 'app'>,
  interaction: InteractionLike,
): Promise<ConsentSubject> {
  const account = interaction.session && (await rows.accounts.find(interaction.session.accountId));
  if (!account || account.blocked || account.deletionDueAt) throw new PopupError('expired');
  const known = await rows.grants.findFor(app.clientId, account.id);
  const asked = askedClaims(interaction.params, registeredClaims(app));
  const askAgain = interaction.params['prompt'] === 'consent';
  return { account, known, request: consentRequest(asked, app.fields, priorConsent(known?.payload ?? {}), askAgain) };
}

export async function consentModel(
  context: RealmContext,
  view: InteractionView,
  interaction: InteractionLike,
  attempt?: ConsentAttempt,
): Promise<ConsentModel> {
  const { account, request } = await consentSubject(context, view, interaction);
  const { name } = accountClaims(account);
  return {
    ...view.form,
    account: { ...(name && { name }), ...(account.email && { email: account.email }) },
    fields: request.open
      .filter(({ field, claims }) => isAnswerable(account, field, claims))
      .map((open) => ({ ...toField(account, open, attempt), ...reasonFor(view.app, open.field) })),
    alreadyShared: request.alreadyShared,
    ...(attempt?.changedMeanwhile && { changedMeanwhile: true }),
    ...(attempt?.vendorRefusal && { vendorRefusal: attempt.vendorRefusal }),
  };
}

/** The vendor's own words. */
function reasonFor({ fields }: InteractionView['app'], field: Field): Pick<ConsentField, 'reason'> {
  const reason = fields.find((candidate) => candidate.field === field)?.reason;
  return reason === undefined ? {} : { reason };
}

/** A field that the account lacks and that cannot be typed in here is no question; it is left out, and not shared. */
export function isAnswerable(account: Account, field: Field, claims: readonly Claim[]): boolean {
  return shownValue(account, field, claims) !== undefined || FILL_INPUTS[field] !== undefined;
}

function toField(
  account: Account,
  { field, required, claims }: ConsentRequest['open'][number],
  attempt: ConsentAttempt | undefined,
): ConsentField {
  const value = shownValue(account, field, claims);
  const inputs = value === undefined ? (FILL_INPUTS[field] ?? []) : [];
  return {
    field,
    required,
    checked: required || (attempt ? attempt.shared.has(field) : value !== undefined),
    ...(value !== undefined && { value }),
    ...(field === 'email' && !account.emailVerified && { unverified: true }),
    inputs: inputs.map(({ name, needed }) => {
      const error = attempt?.errors[name];
      return { name, value: attempt?.values[name] ?? '', required: required && needed, ...(error && { error }) };
    }),
  };
}

/** Exactly what will be shared of a field, for reading. */
export function shownValue(account: Account, field: Field, claims: readonly Claim[]): string | undefined {
  const known = accountClaims(account);
  switch (field) {
    case 'name': {
      const parts = claims.includes('name')
        ? [known.name]
        : [claims.includes('given_name') && known.given_name, claims.includes('family_name') && known.family_name];
      return parts.filter(Boolean).join(' ') || undefined;
    }
    case 'address':
      return known.address && formatAddress(known.address);
    default:
      return known[field];
  }
}
