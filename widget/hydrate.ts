/**
 * The package in the browser, for pages whose elements a server rendered: it takes over what is there instead of rendering it anew.
 * Lit's support has to be there before Lit itself, so nothing of the package may be imported before this.
 */
import '@lit-labs/ssr-client/lit-element-hydrate-support.js';
import { loadWords } from './server-rendering.ts';

const rendered = document.querySelectorAll('signup-with-platform[language]');
await loadWords(new Set([...rendered].map((element) => element.getAttribute('language') ?? ''))).catch(() => {});

// The element wakes up now, and finds its words.
await import('./signup-with-platform.define.ts');

export * from './signup-with-platform.ts';
