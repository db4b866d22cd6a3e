import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { yieldToRequests } from '../../server/domain/accounts/hash-threads.ts';
import { hashLike, unmatchableHash } from '../../server/domain/accounts/passwords.ts';
import { endWithParent } from './with-parent.ts';

/**
 * The baseline of a password sign-in: each request hashes a password HASHES times, one after the other, with the same parameters, on threads of
 * the same priority. At another priority, whatever else the machine does would take more from one of the two than from the other.
 */
const model = await unmatchableHash;
await yieldToRequests();
const hashes = Number(process.env['HASHES'] ?? 1);
const server = createServer(async (request, response) => {
  request.resume();
  for (let done = 0; done < hashes; done += 1) await hashLike('correct horse battery staple', model);
  response.writeHead(303, { location: '/' }).end();
});
server.listen(0, '127.0.0.1', () => console.log(`http://127.0.0.1:${(server.address() as AddressInfo).port}`));
endWithParent();
