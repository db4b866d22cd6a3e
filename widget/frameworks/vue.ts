/** The element in templates and JSX of Vue 3, checked by vue-tsc; its compiler has to be told that the tag is no component of Vue's. */
import type { DefineComponent, HTMLAttributes } from 'vue';
import type { SignupAttributes, SignupEvents } from './attributes.ts';

/** `@signup-success` in a template is `onSignupSuccess` for Vue. */
type CamelCase<Name extends string> = Name extends `${infer Head}-${infer Tail}`
  ? `${Capitalize<Head>}${CamelCase<Tail>}`
  : Capitalize<Name>;
type Listeners = { [Name in keyof SignupEvents as `on${CamelCase<Name>}`]?: (event: SignupEvents[Name]) => void };
export type SignupProps = Omit<HTMLAttributes, keyof SignupAttributes> & SignupAttributes & Listeners;

declare module 'vue' {
  interface GlobalComponents {
    'signup-with-platform': DefineComponent<SignupProps>;
  }
}
