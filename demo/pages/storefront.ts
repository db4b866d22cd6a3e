import { html, type ServerRenderedTemplate } from '@lit-labs/ssr';
import { dropIcon, returnIcon, soilIcon, sunIcon, vanIcon } from './icons.ts';
import { plantPicture, windowPicture } from './illustrations.ts';
import { layout, SHOP_NAME, type ShopFront } from './layout.ts';
import { PRODUCTS, type Product } from './products.ts';

export function storefrontPage(front: ShopFront): ServerRenderedTemplate {
  return layout({
    title: `${SHOP_NAME} · Houseplants that settle in`,
    front,
    main: html`<section class="hero">
      <div class="wide hero-row">
        <div class="hero-text">
          <h1>Houseplants that settle in</h1>
          <p class="lead">Grown slowly in our own glasshouse, potted by hand, and brought to your door ready to put down roots.</p>
          <p class="actions">
            ${front.customer ? '' : html`<a class="button" href="/register">Create an account</a>`}
            <a class="button button-outline" href="#plants">See the plants</a>
          </p>
        </div>
        <div class="hero-picture">${windowPicture()}</div>
      </div>
    </section>
    <section class="wide promises" aria-label="What you can count on">
      <p>${vanIcon()}<span><strong>At your door in two days</strong> Warm packing in winter</span></p>
      <p>${soilIcon()}<span><strong>Peat-free soil</strong> Good for moors and roots</span></p>
      <p>${returnIcon()}<span><strong>Thirty days to thrive</strong> Or we send another</span></p>
    </section>
    <section class="wide plants" aria-labelledby="plants">
      <h2 id="plants">This season’s plants</h2>
      <ul class="grid">${PRODUCTS.map(card)}</ul>
    </section>
    <section class="care" aria-labelledby="care">
      <div class="wide care-row">
        <h2 id="care">Three habits, that is all</h2>
        <ol>
          <li><h3>Look before you water</h3><p>Put a finger into the soil. Still damp? Come back in two days.</p></li>
          <li><h3>Turn the pot</h3><p>A quarter turn each week, and the plant grows straight.</p></li>
          <li><h3>Dust the leaves</h3><p>A damp cloth once a month lets them breathe.</p></li>
        </ol>
      </div>
    </section>`,
  });
}

function card(product: Product): ServerRenderedTemplate {
  return html`<li class="card">
        <div class=${`card-picture ground-${product.ground}`}>${plantPicture(product.plant)}</div>
        <div class="card-title"><h3>${product.name}</h3><p class="price">${product.price}</p></div>
        <p class="botanical" lang="la">${product.botanicalName}</p>
        <p class="facts">
          <span>${sunIcon()}<span class="visually-hidden">Light: </span>${product.light}</span>
          <span>${dropIcon()}<span class="visually-hidden">Water: </span>${product.water}</span>
        </p>
      </li>`;
}
