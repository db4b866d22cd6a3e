import { LATER_BUDGET_BYTES, SIZE_BUDGET_BYTES } from 'signup-with-platform/size';

/** A promise about speed or size. `unit` follows its number. */
export interface Bar {
  readonly what: string;
  readonly atMost: number;
  readonly unit: string;
}

/** Ten segments of 1 460 bytes, which a server may send before the first acknowledgement (RFC 6928), less what TLS adds. */
const FIRST_FLIGHT_BYTES = 14_000;

/** Every bar that `npm run bench -- --check` holds. CPU is the server's processor time for one request, at full load. */
export const BARS = {
  'login-bare': { what: 'Machine login, CPU: against a bare handler with the same crypto', atMost: 1.3, unit: '×' },
  'login-oidc': { what: 'Machine login, CPU: against oidc-provider in memory', atMost: 0.5, unit: '×' },
  'read-bare': { what: 'Read of a vendor’s own user, CPU: against a bare handler', atMost: 3, unit: '×' },
  'read-popup': { what: 'Read of a user of the popup, CPU: against a bare handler', atMost: 3, unit: '×' },
  'popup-oidc': { what: 'Returning popup, CPU: against oidc-provider’s two requests in memory', atMost: 1, unit: '×' },
  'popup-time': { what: 'Returning person, click → credential: against a bare popup', atMost: 2, unit: '×' },
  'popup-requests': { what: 'Returning person: requests of the popup', atMost: 1, unit: '' },
  'ways-windows': { what: 'Click → credential: windows, by the way that takes the most', atMost: 1, unit: '' },
  'password-hashes': { what: 'Password sign-in, CPU: against its hashes alone', atMost: 1.1, unit: '×' },
  'healthz-p99': { what: '/healthz under 50 sign-ins at once on one processor, p99', atMost: 50, unit: 'ms' },
  'token-algorithms': { what: 'Token request, CPU: the dearest algorithm against ES256', atMost: 2, unit: '×' },
  'page-bytes': { what: 'First popup page, bytes on the wire', atMost: FIRST_FLIGHT_BYTES, unit: 'B' },
  'page-requests': { what: 'First popup page: further requests', atMost: 0, unit: '' },
  'widget-before': { what: '/widget.js, all that a page loads before the click', atMost: SIZE_BUDGET_BYTES, unit: 'B' },
  'widget-after': { what: '/widget/…, all that it loads after a click', atMost: LATER_BUDGET_BYTES, unit: 'B' },
  'start-cpu': { what: 'Start of a release, CPU until it is ready', atMost: 800, unit: 'ms' },
  'memory-rest': { what: 'A release at rest, resident memory', atMost: 120, unit: 'MB' },
  'memory-load': { what: 'A release after load, resident memory', atMost: 200, unit: 'MB' },
  'postgres-login': { what: 'Machine login, CPU: PostgreSQL against SQLite', atMost: 1.5, unit: '×' },
  'postgres-read': { what: 'Read of a user, CPU: PostgreSQL against SQLite', atMost: 1.5, unit: '×' },
  'postgres-popup': { what: 'Returning popup, CPU: PostgreSQL against SQLite', atMost: 1.5, unit: '×' },
  'postgres-password': { what: 'Password sign-in, CPU: PostgreSQL against SQLite', atMost: 1.5, unit: '×' },
  'traces-read': { what: 'Read of a user, CPU: each request traced against none', atMost: 1.5, unit: '×' },
  'traces-popup': { what: 'Returning popup, CPU: each request traced against none', atMost: 1.25, unit: '×' },
  'overload-p99': { what: 'Five times the capacity for a minute: who is answered, p99', atMost: 2_000, unit: 'ms' },
  'overload-health': { what: 'Meanwhile: /healthz, p99', atMost: 250, unit: 'ms' },
  'overload-recovery': { what: 'After it: until nobody notices anything', atMost: 2_000, unit: 'ms' },
  'overload-others': { what: 'The same from one network: people of others, p99', atMost: 1_000, unit: 'ms' },
  /** For comparison, so anything is allowed. */
  'overload-unlimited': {
    what: 'For comparison, without a limit of requests: who is answered, p99',
    atMost: Number.POSITIVE_INFINITY,
    unit: 'ms',
  },
  'import-sqlite': { what: 'Import on SQLite, for each row', atMost: 200, unit: 'µs' },
  'import-postgres': { what: 'Import on PostgreSQL, for each row', atMost: 333, unit: 'µs' },
  'import-memory': { what: 'Import: memory at the end against that after a quarter', atMost: 1.5, unit: '×' },
  'timing-medians': {
    what: 'Known against unknown addresses, medians: the form where they differ most',
    atMost: 2,
    unit: 'ms',
  },
  'timing-ranks': { what: 'Forms whose times tell a known address, by rank', atMost: 0, unit: '' },
  'timing-leaks': { what: 'Forms in which a planted leak of 5 ms is not found', atMost: 0, unit: '' },
  'soak-failures': { what: 'Soak: failures of the server', atMost: 0, unit: '' },
  /** Of live objects, to which a leak would add in each window. */
  'soak-used': { what: 'Soak: memory in use, second half against the first', atMost: 1.1, unit: '×' },
  /**
   * The allocator and V8 keep what a busy moment needed, such as 19 MB for each of several password hashes, so it goes up and down between
   * windows.
   */
  'soak-resident': { what: 'Soak: resident memory, second half against the first', atMost: 1.2, unit: '×' },
  'soak-rows': { what: 'Soak: tables that have grown, audit log aside', atMost: 0, unit: '' },
  'soak-file': { what: 'Soak: database file in use, audit log aside, after against before', atMost: 1.05, unit: '×' },
} as const satisfies Record<string, Bar>;

export type BarName = keyof typeof BARS;
