import { isShared } from '#storage/accounts.ts';
import { namesOf } from '../consent-model.ts';
import { linkIdentityPage } from '../pages/link-identity-page.ts';
import { heldIdentity } from '../upstream/held-identity.ts';
import type { Gate } from './gate.ts';

/** Asks whether a login that somebody came from, and that has no account yet, may open the one that they have signed in to since. */
export const linkIdentityGate: Gate = {
  name: 'link_identity',
  opens: async ({ context, interaction }, _held, account) => {
    const identity = heldIdentity(interaction);
    return identity !== undefined && context.upstreams.find(identity.upstream) !== undefined && !isShared(account);
  },
  page: async (context, view, { account, interaction }) => {
    const identity = heldIdentity(interaction);
    const name = context.upstreams.find(identity?.upstream ?? '')?.settings.name ?? '';
    return linkIdentityPage(view.page, {
      ...view.form,
      name,
      there: identity?.person.email,
      account: namesOf(account),
    });
  },
};
