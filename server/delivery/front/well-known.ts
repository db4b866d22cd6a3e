import type { FastifyInstance, FastifyReply } from 'fastify';
import type { Config } from '#config.ts';

const FOUND = 302;
const DAY_MS = 24 * 60 * 60 * 1000;
/** Much less than the year that RFC 9116 section 2.5.5 allows, and long enough for whoever keeps a copy. */
const VALID_DAYS = 90;
const HALF_A_DAY = 'public, max-age=43200';

/** Nothing here is worth listing but the start page and the documentation; scripts that vendors' pages load stay readable. */
const ROBOTS = `User-agent: *
Disallow: /1/
Disallow: /account
Disallow: /authorize
Disallow: /custom_api/
Disallow: /dev/
Disallow: /device
Disallow: /embed/
Disallow: /fedcm/
Disallow: /interaction/
Disallow: /popup
Disallow: /sandbox
`;

/** Adds what programs look for at fixed addresses: crawlers, password managers, whoever has found a security problem. */
export function addWellKnown(app: FastifyInstance, { publicUrl, securityContact }: Config): void {
  app.get('/robots.txt', (_request, reply) => sendText(reply, ROBOTS));
  // https://w3c.github.io/webappsec-change-password-url/
  app.get('/.well-known/change-password', (_request, reply) => reply.redirect('/account/security/password', FOUND));
  if (securityContact === undefined) return;
  app.get('/.well-known/security.txt', (_request, reply) =>
    sendText(reply, securityTxt({ contact: securityContact, publicUrl, now: Date.now() })),
  );
}

interface SecurityTxt {
  contact: string;
  publicUrl: string;
  now: number;
}

/** RFC 9116. Its text is the same for a whole day. */
export function securityTxt({ contact, publicUrl, now }: SecurityTxt): string {
  const expires = new Date(Math.floor(now / DAY_MS + VALID_DAYS) * DAY_MS);
  return [
    `Contact: ${contact}`,
    `Expires: ${expires.toISOString().replace('.000', '')}`,
    `Canonical: ${publicUrl}/.well-known/security.txt`,
    'Preferred-Languages: en',
    '',
  ].join('\n');
}

function sendText(reply: FastifyReply, text: string): FastifyReply {
  return reply.header('cache-control', HALF_A_DAY).type('text/plain; charset=utf-8').send(text);
}
