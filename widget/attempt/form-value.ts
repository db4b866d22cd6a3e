import type { SignupFlow } from './signup-flow.ts';

/** What the element submits with its form, which happens even without a `name` attribute; null until there is a credential. */
export function formValue(flow: SignupFlow, name: string | undefined): FormData | null {
  if (flow.name !== 'completed' || !flow.credential) return null;
  const value = new FormData();
  value.set(name || 'credential', flow.credential);
  return value;
}
