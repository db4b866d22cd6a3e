import { html, type ServerRenderedTemplate } from '@lit-labs/ssr';
import { layout, SHOP_NAME, type ShopFront } from './layout.ts';

/** The pages that the platform's popup links to, so that people can read them before they agree. */
export const LEGAL_PAGES = {
  privacy: {
    title: 'Privacy policy',
    paragraphs: [
      'We use your name, address and phone number to deliver your plants, and your email to tell you that they are on their way.',
      'We keep them as long as you have an account here, share them with nobody but the carrier, and delete them when you ask us to.',
      'This is a demonstration shop. What you enter stays in a file on the machine that runs it.',
    ],
  },
  terms: {
    title: 'Terms of service',
    paragraphs: [
      'Plants have thirty days to settle in. If one does not, we send another.',
      'This is a demonstration shop. Nothing here is for sale, and nothing will be delivered.',
    ],
  },
} as const;

export function legalPage(front: ShopFront, page: keyof typeof LEGAL_PAGES): ServerRenderedTemplate {
  const { title, paragraphs } = LEGAL_PAGES[page];
  return layout({
    title: `${title} · ${SHOP_NAME}`,
    front,
    main: html`<div class="wide legal"><h1>${title}</h1>${paragraphs.map((text) => html`<p>${text}</p>`)}</div>`,
  });
}
