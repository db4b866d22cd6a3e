import { createServer } from 'node:http';
import { verifyWebhook } from '@signup-with-platform/client';

// The secret of the webhook. While it is rotated there are two, with a space between them.
const secrets = process.env.WEBHOOK_SECRET.split(' ');

createServer(async (request, response) => {
  try {
    const { id, type, data } = await verifyWebhook(request, secrets);
    // Keep it under its id, which is the same when the event comes again. Do what takes long after you have answered.
    console.log(id, type, data.user_id ?? data.client_id);
    response.writeHead(204).end();
  } catch (error) {
    if (error.name !== 'WebhookError') console.error(error);
    else console.warn(error.code, error.hint);
    response.writeHead(error.name === 'WebhookError' ? 400 : 500).end();
  }
}).listen(process.env.PORT ?? 3000, 'localhost');
