import { createServer, type IncomingMessage, type Server } from 'node:http';
import { isPasswordOf, type Person } from './people.ts';
import { isSignedByPlatform } from './verify-signature.ts';

const MAX_BODY_BYTES = 16 * 1024;

export interface DirectoryOptions {
  /** Called for each question, so that a change of the file counts at once. */
  readonly people: () => readonly Person[];
  /** The platform's DIRECTORY_SECRET. */
  readonly secret: string;
}

/**
 * What the platform asks as people sign in: `{"email","password"}`, or `{"email"}` of whoever has proven otherwise to read the mail of the address.
 * 200: the person, as a row of an import. 401: the password is wrong. 404: nobody has the address.
 */
export function createDirectory({ people, secret }: DirectoryOptions): Server {
  return createServer(async (request, response) => {
    const end = (status: number) => void response.writeHead(status).end();
    try {
      const body = await readBody(request);
      if (request.method !== 'POST') return end(405);
      if (body === undefined) return end(413);
      if (!isSignedByPlatform(request.headers, body, secret)) return end(403);
      const { email, password } = JSON.parse(body) as { email: string; password?: string };
      const person = people().find(({ profile }) => profile.email.toLowerCase() === email.toLowerCase());
      // Before anything is said, so that both refusals take the same time.
      const isRight = password === undefined || (await isPasswordOf(person, password));
      if (!person) return end(404);
      if (!isRight) return end(401);
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(person.profile));
    } catch {
      end(500);
    }
  });
}

async function readBody(request: IncomingMessage): Promise<string | undefined> {
  const parts: Buffer[] = [];
  let length = 0;
  for await (const part of request) {
    length += (part as Buffer).length;
    if (length > MAX_BODY_BYTES) return undefined;
    parts.push(part as Buffer);
  }
  return Buffer.concat(parts).toString();
}
