/** The types of the element in templates and JSX of Vue 3, for vue-tsc. Tell Vue's compiler that the tag is not a Vue component. */
import type { DefineComponent, HTMLAttributes } from 'vue';
import type { SignupAttributes, SignupEvents } from './attributes.ts';

/** Vue turns `@signup-success` in a template into `onSignupSuccess`. */
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
