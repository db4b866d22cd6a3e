/** Name of the prompt by which somebody who has agreed before says that they want to go on. */
export const CONTINUE_PROMPT = 'continue';
/** Name of the prompt by which somebody says that a device is theirs (RFC 8628 section 5.4). */
export const DEVICE_PROMPT = 'device';
/** Asks which account it should be (OpenID Connect Core 1.0 section 3.1.2.1). */
export const SELECT_ACCOUNT_PROMPT = 'select_account';
/** Begins with sign-up (Initiating User Registration via OpenID Connect 1.0). */
export const CREATE_PROMPT = 'create';

/** Why somebody who is signed in is asked: their address is not confirmed. */
export const EMAIL_NOT_VERIFIED = 'email_not_verified';

/** Whoever signs in, or up, has answered each of these: it was a person, here and now, with the account of their choice. */
export const ANSWERED_BY_SIGN_IN: readonly string[] = ['login', SELECT_ACCOUNT_PROMPT, CREATE_PROMPT];

/** What a request asks to be asked. @param params of an authorization request */
export function promptsOf({ prompt }: Readonly<Record<string, unknown>>): string[] {
  return typeof prompt === 'string' ? prompt.split(' ').filter(Boolean) : [];
}

/** The same request without some prompts. */
export function withoutPrompts<Params extends Readonly<Record<string, unknown>>>(
  params: Params,
  answered: readonly string[],
): Params & { prompt: string | undefined } {
  const left = promptsOf(params).filter((prompt) => !answered.includes(prompt));
  return { ...params, prompt: left.join(' ') || undefined };
}
