import { sendPage } from '../http/send-page.ts';
import { welcomePage } from '../pages/welcome.ts';
import { askPlatformApi } from '../registration/platform-api.ts';
import type { Handler } from './handler.ts';

export const showWelcome: Handler = async (store, request, reply) => {
  const session = store.sessionOf(request);
  const customer = store.customerOf(session);
  if (!session || !customer) return reply.redirect('/register', 303);

  const { platform } = store;
  const answer = platform && customer.identity ? await askPlatformApi(platform, customer.identity.sub) : undefined;
  return sendPage(
    reply,
    welcomePage({
      ...store.frontFor(session),
      customer,
      story: session.story ?? { returning: true },
      issuer: store.issuer,
      ...(answer && { answer }),
    }),
  );
};
