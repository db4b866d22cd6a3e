import { sendPage } from '../http/send-page.ts';
import { storefrontPage } from '../pages/storefront.ts';
import type { Handler } from './handler.ts';

export const showStorefront: Handler = (store, request, reply) =>
  sendPage(reply, storefrontPage(store.frontFor(store.sessionOf(request))));
