import type { RealmContext } from '#http/realm-context.ts';
import type { RenderedPage } from '#pages/rendered-page.ts';
import type { Account } from '#storage/accounts.ts';
import type { GateName, HeldSignIn } from '../held-sign-in.ts';
import type { InteractionLike, InteractionView } from '../interaction-view.ts';
import type { Step } from '../step.ts';

/** Something that a person is asked after they have proven who they are, and before they are signed in. Its form has a route of its own. */
export interface Gate {
  readonly name: GateName;
  /** Whether the person has to stop here. Asked once on the way, so that it may also do what the page needs. */
  opens(step: Step, held: HeldSignIn, account: Account): Promise<boolean>;
  /** The page of the interaction while the person is here. */
  page(context: RealmContext, view: InteractionView, at: AtGate): Promise<RenderedPage>;
}

/** Who is at a gate, in which interaction. */
export interface AtGate {
  readonly held: HeldSignIn;
  readonly account: Account;
  readonly interaction: InteractionLike;
}
