import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { toNode } from '@signup-with-platform/client';
import { type ShopSettings, settingsFromEnvironment } from './shop/settings.ts';
import { type Answer, createShop } from './shop/shop.ts';

/** In characters. A credential has at most 16 KB. */
const MAX_FORM_LENGTH = 64 * 1024;

/** A sign-up with Node alone. */
export function createApp(settings: ShopSettings): Server {
  const shop = createShop(settings);
  const signup = toNode(shop.signup);
  const send = (response: ServerResponse, { status, headers, body }: Answer) =>
    void response.writeHead(status, headers).end(body);

  return createServer(async (request, response) => {
    try {
      switch (`${request.method} ${request.url?.split('?', 1)[0]}`) {
        case 'GET /':
          return send(response, shop.showForm());
        case 'POST /register': {
          const form = await readForm(request);
          return send(response, await shop.register(form.get('credential'), request.headers.cookie));
        }
        case 'POST /signup':
          return await signup(request, response);
        default:
          return void response.writeHead(404).end();
      }
    } catch (error) {
      console.error(error);
      if (!response.headersSent) response.writeHead(500, { connection: 'close' });
      response.end();
    }
  });
}

async function readForm(request: IncomingMessage): Promise<URLSearchParams> {
  let body = '';
  for await (const chunk of request.setEncoding('utf8')) {
    body += chunk;
    if (body.length > MAX_FORM_LENGTH) throw new Error('The form is too large');
  }
  return new URLSearchParams(body);
}

if (import.meta.main) createApp(settingsFromEnvironment()).listen(3000, 'localhost');
