import { emailKey } from '#storage/accounts.ts';
import { checkAttempt } from '../auth/attempts.ts';
import { EmbedError } from './embed-error.ts';
import { type EmbedRoute, embedUserBody, findByUserName } from './embed-route.ts';
import { readKnownUser } from './fields.ts';

/** Signs a user in. An unknown user, an inactive user and a wrong password get the same answer after the same work. */
export const login: EmbedRoute = {
  path: '/login',
  handle: async (call) => {
    const { userName, password } = readKnownUser(call.value, ['userName', 'password', 'language']);
    // Counted together with `/1/auth/signin`, so that a guesser gets no second allowance here.
    const subject = emailKey(userName);
    const user = await checkAttempt(call, { act: 'sign-in', subject, password }, () => findByUserName(call, userName));
    if (!user) throw new EmbedError('invalid_credentials');
    const signedIn = await call.users.update(user.id, { lastSigninAt: new Date() });
    if (!signedIn) throw new EmbedError('invalid_credentials');
    return { status: 200, body: embedUserBody(signedIn) };
  },
};
