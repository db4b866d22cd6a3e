import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { endWithParent } from './with-parent.ts';

/** Takes what collectors take, and keeps nothing. */
const server = createServer((request, response) => {
  request.resume().once('end', () => response.setHeader('content-type', 'application/json').end('{}'));
});
server.listen(0, '127.0.0.1', () => console.log(`http://127.0.0.1:${(server.address() as AddressInfo).port}`));
endWithParent();
