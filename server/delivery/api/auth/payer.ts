import { networkAsPayer } from '#domain/throttle/guesses.ts';
import type { ApiCall } from '../route.ts';

/** Whose work in the queue of hashes a call is: its network's. Anybody can have any number of apps. */
export function payerOf({ request }: Pick<ApiCall, 'request'>): string {
  return networkAsPayer(request.ip);
}
