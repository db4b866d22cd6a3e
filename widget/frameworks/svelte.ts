/** The types of the element in templates of Svelte 5, where listeners are written as `onsignup-success`. */
import type { HTMLAttributes } from 'svelte/elements';
import type { SignupWithPlatform } from '../signup-with-platform.ts';
import type { SignupAttributes, SignupListeners } from './attributes.ts';

type SvelteAttributes = Omit<HTMLAttributes<SignupWithPlatform>, keyof SignupAttributes>;
export interface SignupProps extends SvelteAttributes, SignupAttributes, SignupListeners {}

declare module 'svelte/elements' {
  interface SvelteHTMLElements {
    'signup-with-platform': SignupProps;
  }
}
