import { interactionPolicy, type KoaContextWithOIDC } from 'oidc-provider';
import { isAnswerable } from '../domain/consent/answers.ts';
import { askedClaims, consentRequest, priorConsent } from '../domain/consent/consent-request.ts';
import { registeredClaims } from '../domain/consent/registered-claims.ts';
import type { RealmContext } from '../http/realm-context.ts';
import type { Account } from '../storage/accounts.ts';
import { insistsOnAcr, wouldLikeAcr } from './acr.ts';
import { mayPassSilently } from './asker.ts';
import { appOf } from './clients.ts';
import { CONTINUE_PROMPT, CREATE_PROMPT, DEVICE_PROMPT, EMAIL_NOT_VERIFIED, SELECT_ACCOUNT_PROMPT } from './prompts.ts';
import { lacksVerifiedEmail } from './verified-email.ts';

const { Check, Prompt } = interactionPolicy;

/** Property of the engine's account object that holds our account. */
export const ACCOUNT_PROPERTY = 'account';

/** Decides when a person is asked something: oidc-provider's base policy, two more prompts that an app may ask for, and checks of ours. */
export function createInteractionPolicy(
  context: Pick<RealmContext, 'config' | 'rows' | 'fields'>,
): interactionPolicy.DefaultPolicy {
  const { config, fields } = context;
  const policy = interactionPolicy.base();

  // First of all, because nobody is to sign in for somebody else's device.
  policy.add(
    new Prompt(
      { name: DEVICE_PROMPT, requestable: false },
      new Check(
        'device_not_confirmed',
        'nobody has said that the device is theirs',
        'interaction_required',
        ({ oidc }) => oidc.deviceCode !== undefined && !(DEVICE_PROMPT in (oidc.result ?? {})),
      ),
    ),
    0,
  );
  // Before the others, because whoever signs up or signs in there has answered `login`, too.
  policy.add(new Prompt({ name: CREATE_PROMPT, requestable: true }), 1);
  policy.add(new Prompt({ name: SELECT_ACCOUNT_PROMPT, requestable: true }), 2);

  // The engine's own ask again and again, however the person signs in.
  for (const reason of ['essential_acrs', 'essential_acr']) policy.get('login')?.checks.remove(reason);
  policy.get('login')?.checks.add(insistsOnAcr);
  policy.get('login')?.checks.add(wouldLikeAcr(context));

  concealSession(policy.get('login'));

  // The account of a live session may be blocked or deleted. Then the person has to sign in again.
  policy
    .get('login')
    ?.checks.add(
      new Check(
        'account_unavailable',
        'the account of the session cannot be used',
        'login_required',
        ({ oidc }) => oidc.session?.accountId !== undefined && oidc.account === undefined,
      ),
    );

  // Whoever signed in elsewhere with an address that is not confirmed confirms it first, where the app or the operator wants that.
  policy.get('login')?.checks.add(
    new Check(EMAIL_NOT_VERIFIED, 'the address of the account is not confirmed', 'login_required', ({ oidc }) => {
      const { account, client } = oidc;
      const person = account?.[ACCOUNT_PROPERTY] as Account | undefined;
      return client !== undefined && person !== undefined && lacksVerifiedEmail({ config }, appOf(client), person);
    }),
  );

  // Of the claims that are asked for one by one, the engine would ask for those, too, that the app has unregistered since, and no answer
  // would be one: the check below knows which are open.
  policy.get('consent')?.checks.remove('op_claims_missing');
  // Of a native app, the engine would ask for everything again. The prompt below asks whether to go on, where that is needed.
  policy.get('consent')?.checks.remove('native_client_prompt');

  // Two questions that the engine does not see: it counts a declined claim as decided for good, though the app has come to require it,
  // and a scope as granted with all its claims, though one of them is new. Neither is asked when the account knows no answer and the consent
  // page cannot ask for one, because that would be asked without end.
  policy.get('consent')?.checks.add(
    new Check('field_open', 'nothing has been decided about a field', 'consent_required', (context) => {
      const { account, grant, client, params } = context.oidc as KoaContextWithOIDC['oidc'] & { grant?: object };
      if (!account || !grant || !client || !params) return false;
      const app = appOf(client);
      const asked = askedClaims(params, registeredClaims(app, fields), fields);
      const { open } = consentRequest(asked, app.fields, priorConsent(grant));
      const person = account[ACCOUNT_PROPERTY] as Account;
      return open.some(({ field, claims }) => isAnswerable(fields, person, field, claims));
    }),
  );

  policy.add(
    new Prompt(
      { name: CONTINUE_PROMPT, requestable: false },
      new Check(
        'not_asked_by_app',
        'the request does not come from a page of the app',
        'interaction_required',
        (asked) => !mayPassSilently(asked, config.publicUrl),
      ),
    ),
  );
  return policy;
}

/**
 * Anybody can register an app, and its page can ask with `prompt=none`. Asked about somebody who never agreed to that app, the engine would
 * answer `consent_required` where they are signed in and `login_required` where they are not, and so tell every site who has an account here.
 * To such an app, everybody is as who is not signed in (OpenID Connect Core 1.0 section 3.1.2.6 leaves the choice of the error).
 */
function concealSession(login: interactionPolicy.Prompt | undefined): void {
  const description = login?.checks.get('no_session')?.description ?? '';
  const check = new Check('not_known_to_app', description, 'login_required', (context) => {
    const { prompts, session, grant } = context.oidc as KoaContextWithOIDC['oidc'] & { grant?: { jti?: string } };
    return prompts.has('none') && session?.accountId !== undefined && grant?.jti === undefined;
  });
  // First, because the answer is in the words of the first check that fails.
  login?.checks.add(check, 0);
}
