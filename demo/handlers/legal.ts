import { sendPage } from '../http/send-page.ts';
import { type LEGAL_PAGES, legalPage } from '../pages/legal.ts';
import type { Handler } from './handler.ts';

export const showLegal =
  (page: keyof typeof LEGAL_PAGES): Handler =>
  (store, request, reply) =>
    sendPage(reply, legalPage(store.frontFor(store.sessionOf(request)), page));
