import { sendPage } from '../http/send-page.ts';
import { registrationPage } from '../pages/registration.ts';
import type { Handler } from './handler.ts';

/** Each page view has its own nonce in this browser's session, so that a credential is valid for one page view only. */
export const showRegistration: Handler = (store, request, reply) => {
  const session = store.visit(request, reply);
  if (store.customerOf(session)) return reply.redirect('/welcome', 303);
  return sendPage(
    reply,
    registrationPage({
      ...store.frontFor(session),
      csrf: session.csrf,
      nonce: store.nonces.issue(session),
      clientId: store.clientId,
      platformUrl: store.platformUrl,
      values: {},
      errors: {},
    }),
  );
};
