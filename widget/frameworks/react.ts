/** The types of the element in JSX of React 19, where listeners are written as `onsignup-success`. */
import type { DetailedHTMLProps, HTMLAttributes } from 'react';
import type { SignupWithPlatform } from '../signup-with-platform.ts';
import type { SignupAttributes, SignupListeners } from './attributes.ts';

type ReactAttributes = Omit<
  DetailedHTMLProps<HTMLAttributes<SignupWithPlatform>, SignupWithPlatform>,
  keyof SignupAttributes
>;
export interface SignupProps extends ReactAttributes, SignupAttributes, SignupListeners {}

declare module 'react' {
  namespace JSX {
    interface IntrinsicElements {
      'signup-with-platform': SignupProps;
    }
  }
}
