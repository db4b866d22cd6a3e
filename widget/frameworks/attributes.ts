import type { SignupEventDetails } from '../events.ts';

/** The element's attributes as they are written in markup, for the templates of frameworks. The class comment explains them. */
export interface SignupAttributes {
  'client-id'?: string | undefined;
  platform?: string | undefined;
  'platform-name'?: string | undefined;
  fields?: string | undefined;
  language?: string | undefined;
  theme?: 'light' | 'dark' | 'auto' | undefined;
  size?: 'small' | 'medium' | 'large' | undefined;
  shape?: 'rectangular' | 'pill' | 'square' | 'circle' | undefined;
  variant?: 'filled' | 'outline' | 'neutral' | undefined;
  remember?: boolean | undefined;
  mode?: 'popup' | 'redirect' | 'auto' | undefined;
  'redirect-uri'?: string | undefined;
  'response-type'?: 'id_token' | 'code' | undefined;
  'code-challenge'?: string | undefined;
  for?: string | undefined;
  name?: string | undefined;
  nonce?: string | undefined;
  required?: boolean | undefined;
  'login-uri'?: string | undefined;
  output?: 'list' | 'compact' | undefined;
  text?: 'signup' | 'signin' | 'continue' | undefined;
  disabled?: boolean | undefined;
  debug?: boolean | undefined;
}

/** The element's events by name. */
export type SignupEvents = { [Name in keyof SignupEventDetails]: CustomEvent<SignupEventDetails[Name]> };

/** Listeners as properties, e.g. `onsignup-success`. */
export type SignupListeners = { [Name in keyof SignupEvents as `on${Name}`]?: (event: SignupEvents[Name]) => void };
