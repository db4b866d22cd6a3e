/**
 * The package on a server, where `@lit-labs/ssr` renders the element as declarative shadow DOM, in every language. In the browser, the
 * page loads hydrate.ts of the same version.
 */
import { loadWords } from './server-rendering.ts';
import './index.ts';

await loadWords();

export * from './index.ts';
