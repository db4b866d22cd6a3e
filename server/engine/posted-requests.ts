import type { FastifyInstance } from 'fastify';
import type { BodyContract } from '../http/body/body-contract.ts';
import { BodyError } from '../http/body/body-error.ts';
import { readBody } from '../http/body/read-body.ts';
import type { RealmContext } from '../http/realm-context.ts';
import { PROVIDER_ROUTES } from './provider-routes.ts';

/** Of an address's query: less than the 8 KB that servers take for the first line of a request (nginx's `large_client_header_buffers`). */
const MAX_QUERY_LENGTH = 7_500;

/** @param query what a form becomes when it goes on as an address. @throws BodyError */
export function assertFitsAnAddress(query: string): void {
  if (query.length > MAX_QUERY_LENGTH)
    throw new BodyError('too_large', `The parameters have more than ${MAX_QUERY_LENGTH} characters as an address.`);
}

const REQUEST_FORM: BodyContract = { types: ['form'], maxBytes: 8 * 1024 };

/**
 * An authorization request may be posted (OpenID Connect Core 1.0 section 3.1.2.1). With a form from another site, browsers send no cookie that
 * is SameSite=Lax, so it would not know its browser. They send them with the GET to which it leads, whose address has the parameters: nothing
 * is kept, so nobody can fill the database, and the request is checked as one that anybody could have linked to.
 */
export async function takePostedRequests(app: FastifyInstance, { prefix, issuer }: RealmContext): Promise<void> {
  app.post(prefix + PROVIDER_ROUTES.authorization, async (request, reply) => {
    const body = await readBody(request, REQUEST_FORM);
    // A parameter that both the address and the form have is then there twice, which is refused.
    const query = new URLSearchParams(request.url.replace(/^[^?]*\??/, '&'));
    for (const [name, value] of body.type === 'form' ? body.entries : [])
      if (typeof value === 'string') query.append(name, value);
    const text = query.toString();
    assertFitsAnAddress(text);
    // A policy of this answer would take the place of that of the page which posts, and `same-origin` would hide from the GET which page that is
    // (Fetch, HTTP-redirect fetch; engine/asker.ts).
    reply.removeHeader('referrer-policy');
    return reply.header('cache-control', 'no-store').redirect(`${issuer}${PROVIDER_ROUTES.authorization}?${text}`, 303);
  });
}
