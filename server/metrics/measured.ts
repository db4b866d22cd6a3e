import type { Directory } from '../directory/directory.ts';
import type { EventCounts } from '../events/event-counts.ts';
import type { Bound } from '../load/bound.ts';
import type { Deliveries } from '../outbox/worker.ts';
import type { Database } from '../storage/database.ts';
import type { Queue } from '../storage/leases.ts';

/** What is measured besides requests and the process. It is read when Prometheus asks, so that nothing is kept twice. */
export interface Measured {
  /** The queue of password hashes. */
  readonly hashes: Bound;
  readonly database: Pick<Database, 'figures'> & { readonly health: Pick<Database['health'], 'problems'> };
  readonly events: Pick<EventCounts, 'list'>;
  /** By kind of work. `deliveries` is undefined where this process delivers none. */
  readonly outbox: Readonly<Record<string, { readonly deliveries: Deliveries | undefined; queue(): Promise<Queue> }>>;
  /** Apps of whose hourly quota this process holds a part. */
  readonly quota: { readonly leases: Bound };
  /** Strangers who had to show that they are no bot, by outcome. */
  readonly botChecks: Readonly<Record<string, number>>;
  /** The operator's own system of people, where there is one. */
  readonly directory?: Pick<Directory, 'answers' | 'state'> | undefined;
  /** Whatever grows in memory with what arrives, by its name. */
  bounds(): Readonly<Record<string, Bound>>;
}
