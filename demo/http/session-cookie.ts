import type { FastifyReply, FastifyRequest } from 'fastify';

/** Cookies ignore ports, so the platform on the same localhost gets this cookie too. Its name says that it is the store's. */
const NAME = 'fern_and_field_session';

/** The cookie with the session's token. It is HttpOnly, and has the prefix `__Host-` (so it is Secure) when the store uses https. */
export class SessionCookie {
  readonly #name: string;
  readonly #attributes: string;

  constructor({ secure }: { secure: boolean }) {
    this.#name = secure ? `__Host-${NAME}` : NAME;
    this.#attributes = `Path=/; HttpOnly; SameSite=Lax${secure ? '; Secure' : ''}`;
  }

  read(request: FastifyRequest): string | undefined {
    for (const pair of (request.headers.cookie ?? '').split(';')) {
      const separator = pair.indexOf('=');
      if (separator > 0 && pair.slice(0, separator).trim() === this.#name) return pair.slice(separator + 1).trim();
    }
    return undefined;
  }

  set(reply: FastifyReply, token: string, maxAgeMs: number): void {
    reply.header('set-cookie', `${this.#name}=${token}; ${this.#attributes}; Max-Age=${Math.floor(maxAgeMs / 1000)}`);
  }

  clear(reply: FastifyReply): void {
    reply.header('set-cookie', `${this.#name}=; ${this.#attributes}; Max-Age=0`);
  }
}
