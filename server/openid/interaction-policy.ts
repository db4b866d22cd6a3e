import { interactionPolicy, type KoaContextWithOIDC } from 'oidc-provider';
import { appOf, registeredClaims } from './clients.ts';
import { askedClaims, consentRequest, priorConsent } from './consent-request.ts';

const { Check } = interactionPolicy;

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

  // The engine counts a declined claim as decided for good. When an app has come to require it, that is a new question.
  policy.get('consent')?.checks.add(
    new Check('required_field_open', 'a required field has not been agreed to', 'consent_required', (context) => {
      const { grant, client, params } = context.oidc as KoaContextWithOIDC['oidc'] & { grant?: object };
      if (!grant || !client || !params) return false;
      const app = appOf(client);
      const asked = askedClaims(params, registeredClaims(app));
      return consentRequest(asked, app.fields, priorConsent(grant)).open.some(({ required }) => required);
    }),
  );
  return policy;
}
