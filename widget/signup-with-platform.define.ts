import { SignupWithPlatform } from './signup-with-platform.ts';
import { stringsFor } from './strings/strings.ts';

// A page may load the script twice (a tag manager, a bundle that has it too): the first one wins.
if (!customElements.get('signup-with-platform')) {
  customElements.define('signup-with-platform', SignupWithPlatform);
  try {
    // A response to a request of ours may have come by redirect, in the fragment (its state is of the form that open-attempt.ts makes), or
    // handed on by the page at the redirect URI. The address is clean before anybody else reads it; a router may have been here already, and
    // put a slash before it.
    const { hash, href } = location;
    const fragment = /^#\/?(.*\bstate=\d+(-\d+){3}&.*iss=.*)/.exec(hash)?.[1];
    if (fragment) history.replaceState(history.state, '', href.replace(hash, ''));
    if (fragment || sessionStorage['signup-with-platform:arrival'])
      void import('./attempt/attempt.ts').then(({ takeReturned }) => takeReturned(stringsFor, fragment));
  } catch {
    // No location on a server; no storage in some frames.
  }
}
