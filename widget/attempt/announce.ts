import type { FilledControl, SignupEventDetails } from '../events.ts';
import type { SignupFlow } from './signup-flow.ts';

export type Emit = <Type extends keyof SignupEventDetails>(type: Type, detail: SignupEventDetails[Type]) => void;

/**
 * Tells the page how a sign-up ended.
 *
 * @param nonce of the tag
 * @param filled which controls of its form got a value
 */
export function announce(
  flow: SignupFlow,
  emit: Emit,
  nonce: string | undefined,
  filled?: readonly FilledControl[],
): void {
  if (flow.name === 'completed') {
    if (flow.credential && !nonce) warnOfNoNonce();
    const { name: _name, receivedAtMs: _at, ...detail } = flow;
    emit('signup-success', { ...detail, isNewUser: flow.user?.isNewUser, filled });
  } else if ('failure' in flow) {
    // The vendor's developer has to correct something, and looks into the console first.
    if (flow.name === 'failed') console.error(`<signup-with-platform> ${flow.failure.code}: ${flow.failure.message}`);
    emit('signup-error', flow.failure);
  } else emit('signup-cancel', null);
}

/** Where developers work. On a real page it would tell visitors. */
const OWN_MACHINE = /^(localhost|127\.[\d.]+|\[::1\])$|\.localhost$/;
let isWarned = false;

/** Nothing fails without a nonce until a backend verifies the credential, so the developer learns of it here, once per page. */
function warnOfNoNonce(): void {
  if (isWarned || !OWN_MACHINE.test(location.hostname)) return;
  isWarned = true;
  console.warn(
    '<signup-with-platform> The tag has no nonce, so your backend cannot verify this credential. Create one for each page view, ' +
      'keep it in the session, and write it into the attribute nonce.',
  );
}
