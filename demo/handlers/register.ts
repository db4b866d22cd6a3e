import { CredentialError, type CredentialPayload, verifyCredential } from '@signup-with-platform/client';
import { isOwnForm } from '../http/csrf.ts';
import { sendPage } from '../http/send-page.ts';
import { type Notice, registrationPage } from '../pages/registration.ts';
import { customerOfCredential } from '../registration/customer-of-credential.ts';
import { errorsOf, type RegistrationErrors, registrationForm, valuesOf } from '../registration/registration-form.ts';
import { CUSTOMER_SESSION_MS, type Session } from '../storage/sessions.ts';
import type { StoreContext } from '../store-context.ts';
import type { Handler } from './handler.ts';
import { showMistake } from './mistake.ts';

/** Handles the registration form, with or without a credential from the platform. This is what a vendor has to write. */
export const register: Handler = async (store, request, reply) => {
  const session = store.sessionOf(request);
  if (!isOwnForm(session, request.body)) return showMistake(store, request, reply, 'foreign_form');
  const body = request.body as Record<string, unknown>;

  const again = (status: number, problem: { errors?: RegistrationErrors; notice?: Notice; attached?: Attached }) =>
    sendPage(
      reply,
      registrationPage({
        ...store.frontFor(session),
        csrf: session.csrf,
        nonce: problem.attached?.nonce ?? store.nonces.issue(session),
        clientId: store.clientId,
        platformUrl: store.platformUrl,
        values: valuesOf(body),
        errors: problem.errors ?? {},
        ...(problem.notice && { notice: problem.notice }),
        ...(problem.attached && { credential: problem.attached.credential }),
      }),
      status,
    );

  // The person's own mistakes come first, because they should use up neither the nonce nor the credential.
  const form = registrationForm.safeParse(body);
  if (!form.success) {
    const attached = attachedTo(body);
    return again(422, { errors: errorsOf(form.error), ...(attached && { attached }) });
  }

  if (!body['credential']) {
    const customer = store.customers.create({ ...form.data, emailVerified: false });
    return signIn(customer.id, { returning: false });
  }

  let claims: CredentialPayload;
  try {
    claims = await verifyOnce(store, session, body);
  } catch (error) {
    if (!(error instanceof CredentialError)) throw error;
    // The hint is for the log. The person is told what to do.
    request.log.warn({ code: error.code, hint: error.hint }, 'credential refused');
    return again(error.code === 'keys_unavailable' ? 503 : 400, { notice: error.code });
  }
  const { customer, returning } = customerOfCredential(store.database, claims, form.data);
  request.log.info({ customer: customer.id, returning }, 'signed up with the platform');
  return signIn(customer.id, { returning, claims });

  function signIn(customerId: string, story: { returning: boolean; claims?: CredentialPayload }) {
    const { token } = store.sessions.signIn(session as Session, customerId, story);
    store.cookie.set(reply, token, CUSTOMER_SESSION_MS);
    return reply.redirect('/welcome', 303);
  }
};

/** Uses up the page's nonce before anything else, so that the same form is refused the second time. */
function verifyOnce(store: StoreContext, session: Session, body: Record<string, unknown>): Promise<CredentialPayload> {
  const nonce = body['nonce'];
  if (typeof nonce !== 'string' || !store.nonces.consume(session, nonce)) {
    throw new CredentialError(
      'wrong_nonce',
      "The form's nonce does not belong to this session, or was used before",
      'The form was sent twice, was open for more than 3 hours, or belongs to another browser.',
    );
  }
  return verifyCredential(body['credential'], { clientId: store.clientId, issuer: store.issuer, nonce });
}

interface Attached {
  credential: string;
  nonce: string;
}

/** The credential and its nonce, to be sent again with the corrected form. It is unverified, so nothing is read from it. */
function attachedTo({ credential, nonce }: Record<string, unknown>): Attached | undefined {
  if (typeof credential !== 'string' || typeof nonce !== 'string') return undefined;
  return credential && credential.length <= 16_384 && nonce.length <= 128 ? { credential, nonce } : undefined;
}
