import { randomId } from '#storage/ids.ts';
import { forgotPassword as mailResetCode } from '../auth/forgot-password.ts';
import { forgotPasswordAnswer } from './embed-message.ts';
import { type EmbedRoute, findByUserName } from './embed-route.ts';
import { isEmail, readKnownUser } from './fields.ts';
import { embedLanguage } from './language.ts';

/**
 * Mails the user a code for a new password, which the app's backend redeems at `/1/auth/reset-password`. Neither the answer nor its timing
 * reveals whether the user exists.
 */
export const forgotPassword: EmbedRoute = {
  path: '/forgot-password',
  handle: async (call) => {
    const { userName, language } = readKnownUser(call.value, ['userName', 'language']);
    // Nobody has this address (RFC 2606), so a username without an address takes the same path and no mail is sent.
    const nobody = `${randomId()}@nobody.invalid`;
    const email = isEmail(userName) ? userName : ((await findByUserName(call, userName))?.email ?? nobody);
    await mailResetCode.handle({ ...call, body: { email, language } });
    return { status: 201, body: forgotPasswordAnswer(embedLanguage(call.languages)) };
  },
};
