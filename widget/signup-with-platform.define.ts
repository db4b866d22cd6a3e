import { SignupWithPlatform } from './signup-with-platform.ts';

// A page may load the script twice (a tag manager, a bundle that has it too): the first one wins.
if (!customElements.get('signup-with-platform')) customElements.define('signup-with-platform', SignupWithPlatform);
