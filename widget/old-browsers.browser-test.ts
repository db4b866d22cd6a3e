import { expect } from '@open-wc/testing';
import { until } from './testing/until.ts';

// docs/compatibility.md names the oldest browsers. Here a newer one lacks what they lack.

const PLATFORM = location.origin.replace('localhost', '127.0.0.1');
const TAG = `<form><signup-with-platform client-id="answers" platform="${PLATFORM}"></signup-with-platform></form>`;

/** Newer than Safari 16.4, or than Chromium and Firefox of the same two years. */
const LACKING = [
  'light-dark',
  'URL.canParse',
  'URL.parse',
  'Promise.withResolvers',
  'Promise.try',
  'AbortSignal.any',
  'Array.fromAsync',
  'Object.groupBy',
  'Map.groupBy',
  'Map.prototype.getOrInsert',
  'Set.prototype.union',
  'Set.prototype.isSubsetOf',
  'Iterator.prototype.map',
  'Iterator.prototype.filter',
  'Iterator.prototype.toArray',
  'RegExp.escape',
  'Uint8Array.fromBase64',
  'Uint8Array.prototype.toBase64',
  'Error.isError',
  'Element.prototype.checkVisibility',
  'Element.prototype.moveBefore',
  'Element.prototype.setHTMLUnsafe',
  'HTMLElement.prototype.showPopover',
  'navigation',
  'scheduler',
  'IdentityCredential',
  'documentPictureInPicture',
];

let frame: HTMLIFrameElement;
afterEach(() => frame.remove());

async function open(without: readonly string[], body = TAG): Promise<Document> {
  frame = document.createElement('iframe');
  frame.src = `/shop/page?${new URLSearchParams({ body, without: without.join() })}`;
  document.body.append(frame);
  const page = () => frame.contentDocument;
  await until(() => page()?.querySelector('signup-with-platform:defined'), 'the element');
  return page() as Document;
}

it('an old browser that has what a form’s control needs runs the whole sign-up', async () => {
  const page = await open(LACKING);
  const element = page.querySelector('signup-with-platform');
  const window = frame.contentWindow as Window & { noted: string[] };
  await until(() => element?.shadowRoot?.querySelector('button'), 'the button');
  const button = element?.shadowRoot?.querySelector('button');
  button?.click();
  await until(() => element?.state === 'completed', `completed, is ${element?.state}`);
  expect(window.noted).to.deep.equal(['signup-start', 'signup-success code-of-the-popup']);
  const rules = [...(element?.shadowRoot?.adoptedStyleSheets ?? [])].flatMap(({ cssRules }) => [...cssRules]);
  const css = rules.map(({ cssText }) => cssText).join('\n');
  expect(css).to.contain('--signup-accent').and.not.to.contain('light-dark(');
});

it('an older one shows a link to the platform, or what the page has for this case', async () => {
  const lacking = ['HTMLElement.prototype.attachInternals'];
  const empty = await open(lacking);
  await until(() => empty.querySelector('a')?.textContent === 'Sign up with Platform', 'the link');
  expect(empty.querySelector('a')?.href).to.equal(`${PLATFORM}/account/sign-up`);
  frame.remove();
  const own = await open(lacking, TAG.replace('></s', '><p>Call us.</p></s'));
  expect(own.querySelector('signup-with-platform')?.innerHTML).to.equal('<p>Call us.</p>');
});
