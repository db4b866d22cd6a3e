import type { FilledControl, SignupEventDetails } from '../events.ts';
import type { SignupFlow } from './signup-flow.ts';

export type Emit = <Type extends keyof SignupEventDetails>(type: Type, detail: SignupEventDetails[Type]) => void;

/** Tells the page how a sign-up ended. @param filled which controls of its form got a value */
export function announce(flow: SignupFlow, emit: Emit, filled?: readonly FilledControl[]): void {
  if (flow.name === 'completed') {
    const { name: _name, receivedAtMs: _at, ...detail } = flow;
    emit('signup-success', { ...detail, isNewUser: flow.user?.isNewUser, filled });
  } else if ('failure' in flow) {
    // The vendor's developer has to correct something, and looks into the console first.
    if (flow.name === 'failed') console.error(`<signup-with-platform> ${flow.failure.code}: ${flow.failure.message}`);
    emit('signup-error', flow.failure);
  } else emit('signup-cancel', null);
}
