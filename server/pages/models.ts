export interface Persona {
  key: string;
  name: string;
  /** Key of the explanation in the strings: what this persona shows a developer. */
  trait: PersonaTrait;
}
export type PersonaTrait =
  | 'newcomer'
  | 'returning'
  | 'complete'
  | 'long_name'
  | 'right_to_left'
  | 'unverified_email'
  | 'declines'
  | 'blocked';

export type SignUpField = 'given_name' | 'family_name' | 'email' | 'password';
export type SignUpFieldError =
  | 'required'
  | 'valid_email'
  | 'too_short'
  | 'too_long'
  | 'common_password'
  | 'same_as_email'
  | 'valid_characters';
export type PasswordProblem = Exclude<SignUpFieldError, 'valid_email' | 'valid_characters'>;

/** A sign-up form as it was sent, to be shown again. */
export interface SignUpForm {
  values: { given_name?: string; family_name?: string; email?: string };
  errors: Partial<Record<SignUpField, SignUpFieldError>>;
  /** The whole form refused. */
  error?: 'too_many_attempts';
  minPasswordLength: number;
}
