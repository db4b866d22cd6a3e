import { interactionPolicy, type KoaContextWithOIDC } from 'oidc-provider';
import { isAnswerable } from '../domain/consent/answers.ts';
import { askedClaims, consentRequest, priorConsent } from '../domain/consent/consent-request.ts';
import { registeredClaims } from '../domain/consent/registered-claims.ts';
import type { Account } from '../storage/accounts.ts';
import { appOf } from './clients.ts';

const { Check } = interactionPolicy;

/** Property of the engine's account that holds ours. */
export const ACCOUNT_PROPERTY = 'account';

/** When a person has to be asked something: oidc-provider's own policy, and two cases of ours. */
export function createInteractionPolicy(): interactionPolicy.DefaultPolicy {
  const policy = interactionPolicy.base();

  // A session may outlive its account (blocked, deleted): then the person signs in again, or as somebody else.
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

  // The engine counts a declined claim as decided for good. When an app has come to require it, that is a new question,
  // unless the account knows no answer and the consent page cannot ask for one: that would be asked without end.
  policy.get('consent')?.checks.add(
    new Check('required_field_open', 'a required field has not been agreed to', 'consent_required', (context) => {
      const { account, grant, client, params } = context.oidc as KoaContextWithOIDC['oidc'] & { grant?: object };
      if (!account || !grant || !client || !params) return false;
      const app = appOf(client);
      const { open } = consentRequest(askedClaims(params, registeredClaims(app)), app.fields, priorConsent(grant));
      const person = account[ACCOUNT_PROPERTY] as Account;
      return open.some(({ field, required, claims }) => required && isAnswerable(person, field, claims));
    }),
  );
  return policy;
}
