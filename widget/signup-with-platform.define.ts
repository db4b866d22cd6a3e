import { SignupWithPlatform } from './signup-with-platform.ts';
import { stringsFor } from './strings/strings.ts';

// A page may load the script twice (a tag manager, a bundle that has it too): the first one wins.
if (!customElements.get('signup-with-platform')) {
  customElements.define('signup-with-platform', SignupWithPlatform);
  try {
    // A response may have come by redirect: to this page, or to the page at the redirect URI, which handed it on.
    if (location.hash.includes('&iss=') || sessionStorage['signup-with-platform:arrival'])
      void import('./attempt/attempt.ts').then(({ takeReturned }) => takeReturned(stringsFor));
  } catch {
    // No location on a server; no storage in some frames.
  }
}
