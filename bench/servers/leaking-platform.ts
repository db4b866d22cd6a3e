import { Server } from 'node:http';
import { setTimeout } from 'node:timers/promises';
import { LEAK_HEADER } from '../timing/leak.ts';

/**
 * The platform with a leak, so that a bench can show that it would find one: what a request says of itself in a header, it takes longer. Only the
 * bench starts it.
 */
const emit = Server.prototype.emit;
Server.prototype.emit = function leak(this: Server, event: string | symbol, ...values: unknown[]): boolean {
  const asked = values[0] as { headers?: Record<string, string> } | undefined;
  const leakMs = event === 'request' ? Number(asked?.headers?.[LEAK_HEADER] ?? 0) : 0;
  if (leakMs === 0) return Reflect.apply(emit, this, [event, ...values]);
  void setTimeout(leakMs).then(() => Reflect.apply(emit, this, [event, ...values]));
  return true;
};
await import('./platform.ts');
