import { Counter, Gauge, type Registry } from '@prometheus-io/client';
import type { Measured } from './measured.ts';

/** What may run short in this process: turns to hash a password, and the database. */
export function measureResources(registry: Registry, { hashes, database, quota }: Measured): void {
  const registers = [registry];
  new Gauge({
    name: 'password_hashes_waiting',
    help: 'Sign-ins, sign-ups and other requests that wait for a password to be hashed.',
    registers,
    collect() {
      this.set(hashes.size);
    },
  });
  new Counter({
    name: 'password_hashes_refused_total',
    help: 'Requests that were answered 503, because too many passwords were waiting to be hashed.',
    registers,
    collect() {
      this.reset();
      this.inc(hashes.lost);
    },
  });
  new Counter({
    name: 'database_problems_total',
    help: 'Statements that failed because the database was out of reach, busy, full, read-only or broken.',
    labelNames: ['problem'],
    registers,
    collect() {
      this.reset();
      for (const [problem, count] of database.health.problems) this.inc({ problem }, count);
    },
  });
  new Gauge({
    name: 'quota_leases',
    help: 'Apps of whose hourly quota this process holds a part.',
    registers,
    collect() {
      this.set(quota.leases.size);
    },
  });
  const { connections, writesWaiting, keptRows } = database.figures();
  if (connections) measureConnections(registry, database);
  if (writesWaiting !== undefined) {
    new Gauge({
      name: 'database_writes_waiting',
      help: 'Writers that wait for the file of SQLite, which takes one at a time.',
      registers,
      collect() {
        this.set(database.figures().writesWaiting ?? 0);
      },
    });
  }
  if (keptRows) measureKeptRows(registry, database);
}

function measureConnections(registry: Registry, database: Measured['database']): void {
  new Gauge({
    name: 'database_connections',
    help: 'Connections to PostgreSQL in the pool, by whether somebody uses them.',
    labelNames: ['state'],
    registers: [registry],
    collect() {
      const { used = 0, idle = 0 } = database.figures().connections ?? {};
      this.set({ state: 'used' }, used);
      this.set({ state: 'idle' }, idle);
    },
  });
  new Gauge({
    name: 'database_connections_waiting',
    help: 'Callers that wait for a connection to PostgreSQL.',
    registers: [registry],
    collect() {
      this.set(database.figures().connections?.waiting ?? 0);
    },
  });
}

function measureKeptRows(registry: Registry, database: Measured['database']): void {
  new Counter({
    name: 'kept_rows_total',
    help: 'Reads of the hot path, by whether the row was still in memory (hit) or had to be read (miss).',
    labelNames: ['result'],
    registers: [registry],
    collect() {
      const { hits = 0, misses = 0 } = database.figures().keptRows ?? {};
      this.reset();
      this.inc({ result: 'hit' }, hits);
      this.inc({ result: 'miss' }, misses);
    },
  });
}
