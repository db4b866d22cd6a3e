import { isOwnForm } from '../http/csrf.ts';
import type { Handler } from './handler.ts';
import { showMistake } from './mistake.ts';

export const signOut: Handler = (store, request, reply) => {
  const session = store.sessionOf(request);
  if (!isOwnForm(session, request.body)) return showMistake(store, request, reply, 'foreign_form');
  store.sessions.end(session);
  store.cookie.clear(reply);
  return reply.redirect('/', 303);
};
