/**
 * The types of the element in JSX of React 18, which sets attributes alone: listeners are added to the element that `ref` gives, and
 * `class` is written as in HTML.
 */
import type { DetailedHTMLProps, HTMLAttributes } from 'react';
import type { SignupWithPlatform } from '../signup-with-platform.ts';
import type { SignupAttributes, SignupListeners } from './attributes.ts';

type ReactAttributes = Omit<
  DetailedHTMLProps<HTMLAttributes<SignupWithPlatform>, SignupWithPlatform>,
  keyof SignupAttributes | 'className'
>;
/** React 18 writes `false` as text, and an attribute that is there counts, whatever its text. */
type WrittenAttributes = {
  [Name in keyof SignupAttributes]: true extends SignupAttributes[Name] ? '' | undefined : SignupAttributes[Name];
};
/** TypeScript lets any name with a hyphen pass, so those that do nothing are named. */
type NoListeners = { [Name in keyof SignupListeners]?: never };
export interface SignupProps extends ReactAttributes, WrittenAttributes, NoListeners {
  class?: string | undefined;
}

declare global {
  namespace JSX {
    interface IntrinsicElements {
      'signup-with-platform': SignupProps;
    }
  }
}
