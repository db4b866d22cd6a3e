import { emailKey } from '#storage/accounts.ts';
import { countAttempt, forgetAttempts } from '../auth/attempts.ts';
import { checkPassword } from '../auth/check-password.ts';
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
    await countAttempt(call, 'apiSignIn', subject);
    const user = await findByUserName(call, userName);
    const isKnown = await checkPassword(user, password);
    if (!user || !isKnown) throw new EmbedError('invalid_credentials');
    await forgetAttempts(call, 'apiSignIn', subject);
    const signedIn = await call.users.update(user.id, { lastSigninAt: new Date() });
    if (!signedIn) throw new EmbedError('invalid_credentials');
    return { status: 200, body: embedUserBody(signedIn) };
  },
};
