import { interactionPolicy, type KoaContextWithOIDC } from 'oidc-provider';
import { isAnswerable } from '../domain/consent/answers.ts';
import { askedClaims, consentRequest, priorConsent } from '../domain/consent/consent-request.ts';
import { registeredClaims } from '../domain/consent/registered-claims.ts';
import type { Account } from '../storage/accounts.ts';
import { appOf } from './clients.ts';

const { Check } = interactionPolicy;

/** Property of the engine's account object that holds our account. */
export const ACCOUNT_PROPERTY = 'account';

/** Decides when a person is asked something: oidc-provider's base policy and two checks of ours. */
export function createInteractionPolicy(): interactionPolicy.DefaultPolicy {
  const policy = interactionPolicy.base();

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

  // The engine treats a declined claim as decided forever. When an app begins to require the claim, the person is asked again, except
  // when the account has no value and the consent page cannot ask for one, because then the question would never end.
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
