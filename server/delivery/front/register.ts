import type { FastifyInstance } from 'fastify';
import type { Config } from '#config.ts';
import { addIcons } from './icons.ts';
import { addStartPage } from './start-page.ts';
import { addWellKnown } from './well-known.ts';

/** Adds what is at the platform's own address besides the product: the start page, its icons, and what programs look for everywhere. */
export function addFrontDoor(app: FastifyInstance, config: Config): void {
  addStartPage(app, config);
  addIcons(app, config.brand);
  addWellKnown(app, config);
  // The issuer of the sandbox, which people open to see what is there.
  app.get('/sandbox', (_request, reply) => reply.redirect('/sandbox/account', 302));
}
