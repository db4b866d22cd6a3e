/** The element in JSX of React 19, which listens to its events by `onsignup-success` and the like. */
import type { DetailedHTMLProps, HTMLAttributes } from 'react';
import type { SignupWithPlatform } from '../signup-with-platform.ts';
import type { SignupAttributes, SignupListeners } from './attributes.ts';

declare module 'react' {
  namespace JSX {
    interface IntrinsicElements {
      'signup-with-platform': Omit<
        DetailedHTMLProps<HTMLAttributes<SignupWithPlatform>, SignupWithPlatform>,
        keyof SignupAttributes
      > &
        SignupAttributes &
        SignupListeners & {
          /** As React writes it. A custom element is given it as the attribute `class` all the same. */
          className?: string | undefined;
        };
    }
  }
}
