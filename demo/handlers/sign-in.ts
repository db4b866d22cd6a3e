import { CredentialError, type CredentialPayload, verifyLoginPost } from '@signup-with-platform/client';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { sendPage } from '../http/send-page.ts';
import { type SignInNotice, signInPage } from '../pages/sign-in.ts';
import { customerOfCredential } from '../registration/customer-of-credential.ts';
import { registrationForm } from '../registration/registration-form.ts';
import type { Customer } from '../storage/customers.ts';
import { CUSTOMER_SESSION_MS } from '../storage/sessions.ts';
import type { StoreContext } from '../store-context.ts';
import type { Handler } from './handler.ts';
import { showMistake } from './mistake.ts';

/** The page for returning customers. The element posts to its `login-uri`, so the page needs neither a form nor a script. */
export const showSignIn: Handler = (store, request, reply) =>
  store.customerOf(store.sessionOf(request)) ? reply.redirect('/welcome', 303) : page(store, request, reply, 200);

function page(
  store: StoreContext,
  request: FastifyRequest,
  reply: FastifyReply,
  status: number,
  notice?: SignInNotice,
): Promise<FastifyReply> {
  const session = store.visit(request, reply);
  const { clientId, platformUrl } = store;
  const nonce = store.nonces.issue(session);
  const model = { ...store.frontFor(session), nonce, clientId, platformUrl, ...(notice && { notice }) };
  return sendPage(reply, signInPage(model), status);
}

/** Handles what the element posts. This is what a vendor has to write for `login-uri`. */
export const signIn: Handler = async (store, request, reply) => {
  const session = store.sessionOf(request);
  // The address contains the nonce of this page view, which is used up before anything else.
  const { nonce } = request.query as { nonce?: unknown };
  if (!session || typeof nonce !== 'string' || !store.nonces.consume(session, nonce))
    return showMistake(store, request, reply, 'foreign_form');

  let claims: CredentialPayload;
  try {
    const { clientId, issuer } = store;
    claims = await verifyLoginPost({ body: request.body, cookie: request.headers.cookie }, { clientId, issuer, nonce });
  } catch (error) {
    if (!(error instanceof CredentialError)) throw error;
    request.log.warn({ code: error.code, hint: error.hint }, 'credential refused');
    if (error.code === 'foreign_post') return showMistake(store, request, reply, 'foreign_form');
    return page(store, request, reply, error.code === 'keys_unavailable' ? 503 : 400, 'refused');
  }

  const known = store.customers.findByIdentity(claims.iss, claims.sub);
  const customer = known ?? newCustomer(store, claims);
  // When too little was shared for an account, the form asks for the rest.
  if (!customer) return page(store, request, reply, 422, 'incomplete');
  const { token } = store.sessions.signIn(session, customer.id, { returning: known !== undefined, claims });
  store.cookie.set(reply, token, CUSTOMER_SESSION_MS);
  return reply.redirect('/welcome', 303);
};

function newCustomer(store: StoreContext, claims: CredentialPayload): Customer | undefined {
  const { given_name = claims.name, family_name, email } = claims;
  const details = registrationForm.safeParse({ given_name, family_name, email });
  return details.success ? customerOfCredential(store.database, claims, details.data).customer : undefined;
}
