import { html, type ServerRenderedTemplate } from '@lit-labs/ssr';
import { plantPicture } from './illustrations.ts';
import { layout, SHOP_NAME, type ShopFront } from './layout.ts';

export type Mistake = 'not_found' | 'bad_request' | 'foreign_form' | 'server_error';

interface Text {
  title: string;
  text: string;
  link: { href: string; label: string };
}

const home = { href: '/', label: 'To the shop' };
const TEXTS: Record<Mistake, Text> = {
  not_found: { title: 'Nothing grows here', text: 'This page does not exist, or it has moved.', link: home },
  bad_request: {
    title: 'We could not read that',
    text: 'What your browser sent is incomplete or too large. Please try again.',
    link: home,
  },
  foreign_form: {
    title: 'This form is out of date',
    text: 'It was open for too long, or it did not come from our own page. Nothing was changed.',
    link: { href: '/register', label: 'Open the form again' },
  },
  server_error: {
    title: 'That was our mistake',
    text: 'Please try again in a minute. If it goes on, tell us this number:',
    link: home,
  },
};

export function mistakePage(model: ShopFront & { mistake: Mistake; requestId: string }): ServerRenderedTemplate {
  const { title, text, link } = TEXTS[model.mistake];
  return layout({
    title: `${title} · ${SHOP_NAME}`,
    front: model,
    main: html`<div class="wide mistake">
      <div class="welcome-picture">${plantPicture('aloe')}</div>
      <h1>${title}</h1>
      <p class="lead">${text}</p>
      ${model.mistake === 'server_error' ? html`<p><code>${model.requestId}</code></p>` : ''}
      <p class="actions"><a class="button" href=${link.href}>${link.label}</a></p>
    </div>`,
  });
}
