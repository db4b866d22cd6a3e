import { createHash, createHmac } from 'node:crypto';
import { pickLanguage } from '@signup-with-platform/messages';
import type { Claim } from '@signup-with-platform/protocol';
import { accountClaims } from '../../domain/claims/claims.ts';
import { priorConsent } from '../../domain/consent/consent-request.ts';
import { traceOf } from '../../engine/attempts.ts';
import type { EventDetails } from '../../events/app-event.ts';
import { safeText } from '../../events/safe-text.ts';
import type { RealmContext } from '../../http/realm-context.ts';
import { addressesBeside } from '../../outbound/public-address.ts';
import type { SignupEndpoint } from '../../storage/signup-endpoints.ts';
import type { User } from '../../storage/users.ts';
import type { VendorRefusal } from './pages/models.ts';
import type { Step } from './step.ts';
import {
  callVendorEndpoint,
  type VendorAnswer,
  type VendorSignupRequest,
  type VendorSignupResult,
} from './vendor-endpoint.ts';

/** What a person has just decided about the open fields. */
interface Decision {
  granted: readonly Claim[];
  declined: readonly Claim[];
}

/** Of an answer, in characters. */
const MAX_ANSWER_LENGTH = 1024;

type SignupStep = Pick<Step, 'app' | 'context' | 'page' | 'request'>;

/**
 * Makes the user of an account that agrees and, where the vendor keeps its own users (the embedded sign-up contract, seen from the
 * caller), has the vendor make its one first. It comes before the consent is kept, so that the vendor never gets a credential of somebody it
 * does not know. If something fails in between, agreeing again continues from there. No transaction is open in the meantime.
 * @returns why the person cannot go on; undefined when the vendor knows the user, or does not want to be asked
 */
export async function signUpAtVendor(
  step: SignupStep,
  accountId: string,
  decision: Decision,
): Promise<VendorRefusal | undefined> {
  const { app, context } = step;
  const { rows, storage, throttle } = context;
  const user = await rows.users.ensure(app.clientId, accountId);
  if (user.externalId !== undefined) return undefined;
  const endpoint = await storage.signupEndpoints.find(app.clientId);
  if (!endpoint) return undefined;
  if ((await throttle.count('vendorSignup', user.id)) > 0) return {};

  const sent = await requestFor(step, user, await sharedClaims(step, accountId, decision));
  const result = await askVendor(step, endpoint, user, sent);
  if (result.outcome === 'signed-up') {
    await rows.appUsers(app.clientId).setExternalId(user.id, result.id);
    return undefined;
  }
  // Another window may have been faster.
  if ((await rows.users.findByAccount(app.clientId, accountId))?.externalId !== undefined) return undefined;
  const cause = result.outcome === 'refused' ? { status: result.status } : { reason: result.reason };
  noteEndpoint(step, result, user.id, sent);
  step.request.log.warn({ clientId: app.clientId, ...cause }, `vendor's sign-up endpoint: ${result.outcome}`);
  return result.outcome === 'refused' ? { message: result.message } : {};
}

/**
 * Leaves out what a vendor said to the person. An answer that is not as agreed is told, because its developers need to see it, but for the
 * details that we sent: a member who may read an app's log may not be allowed to read its users.
 */
function noteEndpoint(
  { app, context, request }: SignupStep,
  result: VendorSignupResult,
  userId: string,
  sent: VendorSignupRequest,
): void {
  const about = { ...traceOf(request), userId };
  if (result.outcome === 'refused') {
    const detail = { endpoint_status: result.status };
    context.events.record(app.clientId, { kind: 'endpoint.refused', ...about, detail });
  } else if (result.outcome === 'unavailable') {
    const detail = { reason: result.reason, ...answerDetail(result.answer, sent) };
    context.events.record(app.clientId, { kind: 'endpoint.unavailable', ...about, detail });
  }
}

function answerDetail(
  answer: VendorAnswer | undefined,
  sent: VendorSignupRequest,
): Partial<EventDetails['endpoint.unavailable']> {
  if (!answer) return {};
  const { status, text, tookMs } = answer;
  let shown = text;
  for (const value of Object.values(sent)) if (value.length > 1) shown = shown?.replaceAll(value, () => '…');
  return {
    ...(status !== undefined && { endpoint_status: status }),
    ...(shown && { answer: safeText(shown, MAX_ANSWER_LENGTH) }),
    took_ms: tookMs,
  };
}

/** What the app gets to see of the account once this decision is kept. */
async function sharedClaims({ app, context: { rows } }: SignupStep, accountId: string, decision: Decision) {
  const account = await rows.accounts.find(accountId);
  if (!account) return {};
  const grant = await rows.grants.findFor(app.clientId, accountId);
  const shared = new Set([...priorConsent(grant?.payload ?? {}).granted, ...decision.granted]);
  for (const claim of decision.declined) shared.delete(claim);
  const claims = Object.entries(accountClaims(account)).filter(([claim]) => shared.has(claim as Claim));
  return Object.fromEntries(claims) as ReturnType<typeof accountClaims>;
}

async function requestFor(
  { context, page }: SignupStep,
  user: User,
  shared: ReturnType<typeof accountClaims>,
): Promise<VendorSignupRequest> {
  return {
    userName: shared.email ?? user.id,
    password: await passwordFor(context, user),
    ...(shared.given_name && { firstName: shared.given_name }),
    ...(shared.family_name && { lastName: shared.family_name }),
    language: shownLanguage(page.languages),
  };
}

function askVendor(
  { context: { config } }: SignupStep,
  endpoint: SignupEndpoint,
  user: User,
  body: VendorSignupRequest,
): Promise<VendorSignupResult> {
  return callVendorEndpoint(endpoint, body, {
    idempotencyKey: idempotencyKeyOf(user, body),
    userAgent: `signup-with-platform (+${config.publicUrl})`,
    addresses: addressesBeside(config.publicUrl),
  });
}

/** One character of each kind that shops ask for in passwords; the secret part precedes it. */
const PASSWORD_ENDING = '-Aa1!';
/** Of 6 bits each. Some shops take no more than 32 characters. */
const PASSWORD_CHARACTERS = 24;

/**
 * A password for this shop alone, which nobody is told: 144 bits, independent of the password at the platform. It is derived
 * (HMAC-SHA-256) instead of random, so that a repeated request is the same to the byte, as its Idempotency-Key promises.
 */
async function passwordFor({ storage }: Pick<RealmContext, 'storage'>, { id }: User): Promise<string> {
  const key = await storage.secrets.ensure('vendor-passwords');
  return createHmac('sha256', key).update(id).digest('base64url').slice(0, PASSWORD_CHARACTERS) + PASSWORD_ENDING;
}

/** The same for the same request on behalf of the same user, and another one once the person has corrected something. */
function idempotencyKeyOf({ id }: User, body: VendorSignupRequest): string {
  return createHash('sha256')
    .update(JSON.stringify([id, body]))
    .digest('base64url');
}

/** The language of the page, with the region that was asked for. */
function shownLanguage(languages: readonly string[]): string {
  const { tag } = pickLanguage(languages);
  return languages.find((wanted) => wanted.toLowerCase().split('-')[0] === tag) ?? tag;
}
