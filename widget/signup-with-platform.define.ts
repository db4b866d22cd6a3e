import { SignupWithPlatform } from './signup-with-platform.ts';
import { stringsFor } from './strings/strings.ts';

// A page may load the script twice, e.g. with a tag manager and in a bundle. The first one is used.
if (!customElements.get('signup-with-platform')) {
  // Safari before 16.4 has not the second.
  if (globalThis.document && !('adoptedStyleSheets' in document && 'attachInternals' in HTMLElement.prototype))
    void import('./plain-link.ts').then(({ definePlainLink }) =>
      definePlainLink(import.meta.url, SignupWithPlatform.defaultName, stringsFor),
    );
  else customElements.define('signup-with-platform', SignupWithPlatform);
  try {
    // A response to our request may have come by redirect in the fragment, with a state in the form that open-attempt.ts makes, or may have
    // been handed on by the page at the redirect URI. It is removed from the address before other code reads it. A router that ran before
    // may have put a slash before it.
    const { hash, href } = location;
    const isResponse = /\bstate=\d+(-\d+){3}&/.test(hash) && hash.includes('iss=');
    const fragment = isResponse ? hash.replace(/^#\/?/, '') : undefined;
    if (fragment) history.replaceState(history.state, '', href.replace(hash, ''));
    // What is kept is a response that was handed on, or that the person left for the platform.
    if (fragment || /signup-with-platform:/.test(Object.keys(window.sessionStorage).join()))
      void import('./attempt/returned.ts').then(({ takeReturned }) => takeReturned(stringsFor, fragment));
  } catch {
    // A server has no location, and some frames have no storage.
  }
}
