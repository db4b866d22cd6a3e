/**
 * The package in the browser, for pages whose elements a server rendered: it hydrates them instead of rendering them again. It is imported
 * instead of index.ts, because that would define the element too early.
 */
import '@lit-labs/ssr-client/lit-element-hydrate-support.js';
import { LitElement } from 'lit';
import { loadWords } from './server-rendering.ts';

const { litElementHydrateSupport } = globalThis as unknown as {
  litElementHydrateSupport(patches: { LitElement: typeof LitElement }): void;
};
// Lit applies it to itself if it is loaded later, but no bundler guarantees that order. Applied twice, it would hydrate elements twice.
if (!Object.hasOwn(LitElement, 'observedAttributes')) litElementHydrateSupport({ LitElement });

const rendered = document.querySelectorAll('signup-with-platform[language]');
await loadWords(new Set([...rendered].map((element) => element.getAttribute('language') ?? '')));

// The element is upgraded now, and finds its words.
await import('./signup-with-platform.define.ts');

export type * from './index.ts';
export { SignupWithPlatform } from './signup-with-platform.ts';
