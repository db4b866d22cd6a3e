import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { needsProof, proofsFor } from '#domain/apps/domain-proof.ts';
import { type AddressList, checkCalledAddress, checkNewAddress } from '#domain/apps/environment-addresses.ts';
import { nameOf } from '#domain/apps/members.ts';
import { notifyOwners } from '#domain/apps/notify-owners.ts';
import { isHeld } from '#domain/apps/review.ts';
import { callInTransaction } from '#portal/call-in-transaction.ts';
import { PortalError } from '#portal/portal-error.ts';
import { type EnvironmentCall, forEnvironment } from '#portal/route.ts';
import type { AppEnvironment } from '#storage/app-environments.ts';
import { environmentPath } from '../app-layout.ts';
import { holdApproval } from '../review/ask-operator.ts';
import { backchannelRoutes } from './backchannel.ts';
import { domainRoutes } from './domains.ts';
import { SETUP_DONE, type SetupDone } from './done.ts';
import type { SetupAttempt } from './setup-page.ts';
import { showSetup } from './show-setup.ts';

const MAX_INPUT_LENGTH = 2_000;
const text = z.string().max(MAX_INPUT_LENGTH).trim().catch('');
const removeSchema = z.object({ address: text });
const endpointSchema = z.object({ url: text, key: z.string().max(MAX_INPUT_LENGTH).catch('') });
const querySchema = z.object({ done: z.enum(SETUP_DONE).optional().catch(undefined) });
/** What fits into a header (RFC 9110 section 5.5). There are no spaces, because those at the ends would be lost on the way. */
const ENDPOINT_KEY = /^[\x21-\x7e]{1,200}$/;

const originSchema = z.object({ origin: text });
const redirectUriSchema = z.object({ redirect_uri: text });
const afterLogoutSchema = z.object({ post_logout_redirect_uri: text });
const keptSchema = z.object({
  origin: text,
  redirect_uri: text,
  post_logout_redirect_uri: text,
  backchannel_logout_uri: text,
  url: text,
});

type AddressNotice = 'origin_added' | 'redirect_uri_added' | 'signup_endpoint_changed';

/** For each list: the path below the environment, the form's input, the audit log's act and the kind of notice. */
const LISTS = {
  origins: {
    path: 'origins',
    input: 'origin',
    act: 'environment.origins_changed',
    notice: 'origin_added',
    typed: (body: unknown) => originSchema.parse(body ?? {}).origin,
  },
  redirectUris: {
    path: 'redirect-uris',
    input: 'redirect_uri',
    act: 'environment.redirect_uris_changed',
    notice: 'redirect_uri_added',
    typed: (body: unknown) => redirectUriSchema.parse(body ?? {}).redirect_uri,
  },
  postLogoutRedirectUris: {
    path: 'post-logout-redirect-uris',
    input: 'post_logout_redirect_uri',
    act: 'environment.post_logout_redirect_uris_changed',
    // People go there, but nothing about them does.
    notice: undefined,
    typed: (body: unknown) => afterLogoutSchema.parse(body ?? {}).post_logout_redirect_uri,
  },
} as const satisfies Record<
  AddressList,
  { path: string; input: string; act: `environment.${string}`; notice: AddressNotice | undefined; typed: unknown }
>;

/** People's data goes to these addresses. Removing one sends it nowhere new, so only adding needs a recent sign-in. */
const ADDING = { recentSignIn: 'in production' } as const;
const PATH = '/apps/:appId/:environment';

export const setupRoutes = [
  forEnvironment('GET', PATH, 'read-only', getSetup),
  ...(['origins', 'redirectUris', 'postLogoutRedirectUris'] as const).flatMap((list) => [
    forEnvironment(
      'POST',
      `/apps/:appId/:environment/${LISTS[list].path}`,
      'developer',
      (call) => addAddress(call, list),
      { ...ADDING, form: { page: PATH, keeps: [LISTS[list].input] } },
    ),
    forEnvironment('POST', `/apps/:appId/:environment/${LISTS[list].path}/remove`, 'developer', (call) =>
      removeAddress(call, list),
    ),
  ]),
  forEnvironment('POST', '/apps/:appId/:environment/signup-endpoint', 'developer', saveEndpoint, {
    ...ADDING,
    form: { page: PATH, keeps: ['url'] },
  }),
  forEnvironment('POST', '/apps/:appId/:environment/signup-endpoint/remove', 'developer', removeEndpoint),
  ...backchannelRoutes,
  ...domainRoutes,
];

async function getSetup(call: EnvironmentCall): Promise<FastifyReply> {
  const { done } = querySchema.parse(call.query ?? {});
  return showSetup(call, 200, { attempt: attemptOf(call.kept), done });
}

/** What was typed before a recent sign-in was asked for, but for the key of an endpoint, which has to be typed again. */
function attemptOf(kept: EnvironmentCall['kept']): SetupAttempt {
  const typed = keptSchema.parse(kept);
  return {
    ...(typed.origin && { origins: { typed: typed.origin } }),
    ...(typed.redirect_uri && { redirectUris: { typed: typed.redirect_uri } }),
    ...(typed.post_logout_redirect_uri && { postLogoutRedirectUris: { typed: typed.post_logout_redirect_uri } }),
    ...(typed.backchannel_logout_uri && { backchannel: { typed: typed.backchannel_logout_uri } }),
    ...(typed.url && { endpoint: { typed: typed.url, isKeyRefused: false } }),
  };
}

async function addAddress(call: EnvironmentCall, list: AddressList): Promise<FastifyReply> {
  const address = LISTS[list].typed(call.body);
  const { clientId } = call.environment;
  if (list === 'origins' && call.environment.kind === 'native') throw new PortalError('invalid_request');
  let refusal: ReturnType<typeof checkNewAddress>;
  const change = await callInTransaction(call, async (part) => {
    const production = await holdApproval(part);
    const changed = await part.context.storage.appEnvironments.changeAddresses(
      clientId,
      list,
      (current) => {
        refusal = checkNewAddress(list, call.environment, call.context.config.publicUrl, current, address);
        return refusal ? undefined : [...current, address];
      },
      proofs(call),
    );
    if (!changed) return undefined;
    await part.audit(LISTS[list].act, `environment:${clientId}`, changed);
    await noteIfHeld(part, production);
    const { notice } = LISTS[list];
    if (notice) await tellOwners(part, notice, address);
    return changed;
  });
  if (!change) return showSetup(call, 400, { attempt: { [list]: { typed: address, ...(refusal && { refusal }) } } });
  return finish(call, `${list}_added`);
}

/** The operator judges the production environment with its addresses. */
async function noteIfHeld(part: EnvironmentCall, production: AppEnvironment | undefined): Promise<void> {
  const { app, environment, context } = part;
  if (environment.environment === 'production' && production && isHeld(production))
    await context.storage.appReviews.noteChange(app.id);
}

/** The proofs that go with changed addresses; undefined where none are needed, so that those that there are stay. */
function proofs({ environment, context }: EnvironmentCall): typeof proofsFor | undefined {
  return needsProof(environment.environment, context.config.publicUrl) ? proofsFor : undefined;
}

/** Removing an address that is not in the list succeeds, because the result is the one that was wanted. */
async function removeAddress(call: EnvironmentCall, list: AddressList): Promise<FastifyReply> {
  const { address } = removeSchema.parse(call.body ?? {});
  const { clientId } = call.environment;
  await callInTransaction(call, async (part) => {
    const production = await holdApproval(part);
    const change = await part.context.storage.appEnvironments.changeAddresses(
      clientId,
      list,
      (current) => (current.includes(address) ? current.filter((one) => one !== address) : undefined),
      proofs(call),
    );
    if (!change) return;
    await part.audit(LISTS[list].act, `environment:${clientId}`, change);
    await noteIfHeld(part, production);
  });
  return finish(call, `${list}_removed`);
}

/** Asks for the key each time, so that the stored key is never sent to an address that another developer entered. */
async function saveEndpoint(call: EnvironmentCall): Promise<FastifyReply> {
  const { url, key } = endpointSchema.parse(call.body ?? {});
  const { context, environment } = call;
  const { clientId } = environment;
  const refusal = checkCalledAddress('signupEndpoint', environment.environment, context.config.publicUrl, url);
  const isKey = ENDPOINT_KEY.test(key);
  if (refusal || !isKey) {
    const endpoint = { typed: url, ...(refusal && { refusal }), isKeyRefused: !isKey };
    return showSetup(call, 400, { attempt: { endpoint } });
  }
  // Its query may contain a secret, which belongs neither in the audit log nor in a mail.
  const [endpoint = ''] = url.split('?', 1);
  await callInTransaction(call, async (part) => {
    await part.context.storage.signupEndpoints.set(clientId, { url, key });
    await part.audit('environment.signup_endpoint_changed', `environment:${clientId}`, { endpoint });
    await tellOwners(part, 'signup_endpoint_changed', endpoint);
  });
  return finish(call, 'endpoint_saved');
}

/** Only in production, where real people's details go to these addresses. In tests they change often. */
async function tellOwners(
  { context, app, environment, account, languages }: EnvironmentCall,
  kind: AddressNotice,
  address: string,
): Promise<void> {
  if (environment.environment !== 'production') return;
  const about = { app: app.name, environment: environment.environment, by: { name: nameOf(account) } };
  await notifyOwners(context, app.id, { kind, address, ...about }, languages);
}

async function removeEndpoint(call: EnvironmentCall): Promise<FastifyReply> {
  const { context, environment } = call;
  await context.storage.signupEndpoints.set(environment.clientId, undefined);
  await call.audit('environment.signup_endpoint_changed', `environment:${environment.clientId}`, { endpoint: null });
  return finish(call, 'endpoint_removed');
}

function finish(call: EnvironmentCall, done: SetupDone): FastifyReply {
  return call.reply.redirect(`${environmentPath(call)}?done=${done}`, 303);
}
