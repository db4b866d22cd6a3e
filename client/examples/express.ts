import { toExpress } from '@signup-with-platform/client';
import express, { type Express } from 'express';
import { type ShopSettings, settingsFromEnvironment } from './shop/settings.ts';
import { type Answer, createShop } from './shop/shop.ts';

/** A sign-up with Express. */
export function createApp(settings: ShopSettings): Express {
  const shop = createShop(settings);
  const send = (response: express.Response, { status, headers, body }: Answer) =>
    response.status(status).set(headers).send(body);

  const app = express();
  app.disable('x-powered-by');
  app.get('/', (_request, response) => void send(response, shop.showForm()));
  app.post('/register', express.urlencoded({ extended: false, limit: '64kb' }), async (request, response) => {
    send(response, await shop.register(request.body?.credential, request.headers.cookie));
  });
  app.all('/signup', toExpress(shop.signup));
  return app;
}

if (import.meta.main) createApp(settingsFromEnvironment()).listen(3000, 'localhost');
