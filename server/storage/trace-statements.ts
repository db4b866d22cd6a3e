import { AsyncResource } from 'node:async_hooks';
import type pg from 'pg';
import { currentTrace, isTracing, traced } from '../tracing/current-trace.ts';
import type { Attributes, Span, Trace } from '../tracing/trace.ts';

type System = 'sqlite' | 'postgresql';

/** Statements are texts of our code, so there are some hundreds of them, but for lists of different lengths. */
const MAX_KNOWN = 1_000;
const MAX_TEXT_LENGTH = 2_048;
const TABLE = /\b(?:from|into|update|join)\s+"?(\w+)"?/i;

interface Described {
  readonly name: string;
  readonly text: string;
}

const known = new Map<string, Described>();

/** Such as `select accounts`. Values are parameters, and what is written in quotes is left out all the same. */
function describe(sql: string): Described {
  let found = known.get(sql);
  if (!found) {
    const [verb = 'statement'] = /[a-z]+/i.exec(sql) ?? [];
    const [, table] = TABLE.exec(sql) ?? [];
    const name = [verb.toLowerCase(), table].filter(Boolean).join(' ');
    const text = sql
      .slice(0, MAX_TEXT_LENGTH)
      .replaceAll(/'[^']*'?/g, '?')
      .replaceAll(/\s+/g, ' ')
      .trim();
    found = { name, text };
    if (known.size >= MAX_KNOWN) known.clear();
    known.set(sql, found);
  }
  return found;
}

const attributesOf = (system: System, { text }: Described): Attributes => ({
  'db.system.name': system,
  'db.query.text': text,
});

/** A statement, from the wish to its result: waiting for a lock, and for the disk, is a part of it. */
export function tracedStatement<Result>(system: System, sql: string, work: () => Promise<Result>): Promise<Result> {
  if (!isTracing()) return work();
  const described = describe(sql);
  return traced(described.name, 'client', attributesOf(system, described), work);
}

/** A statement that is run at once. */
export function tracedRead<Result>(sql: string, read: () => Result): Result {
  const trace = currentTrace();
  if (!trace) return read();
  const described = describe(sql);
  const span = trace.begin(described.name, 'client', attributesOf('sqlite', described));
  const result = read();
  if (span) trace.end(span);
  return result;
}

/** Whatever the connections of a pool are asked becomes a span. To be called before there are any. */
export function traceConnections(pool: pg.Pool): void {
  if (!isTracing()) return;
  pool.on('connect', traceQueries);
  // Whoever waits for a connection gets it while another request gives it back. A promise goes on as the request that waits, a callback not.
  const connect: unknown = Reflect.get(pool, 'connect');
  Reflect.set(pool, 'connect', (callback?: unknown) =>
    call(connect, pool, typeof callback === 'function' ? [AsyncResource.bind(callback as () => void)] : []),
  );
}

type Callback = (error: unknown, result: unknown) => void;

function begun(trace: Trace, sql: string): Span | undefined {
  const described = describe(sql);
  return trace.begin(described.name, 'client', attributesOf('postgresql', described));
}

/**
 * Whatever a connection is asked becomes a span, and tells PostgreSQL by whose wish. pg has no hook for this: of the ways to call `query`,
 * those are understood that we and the limiter use.
 */
export function traceQueries(client: pg.ClientBase): void {
  if (!isTracing()) return;
  const query: unknown = Reflect.get(client, 'query');
  Reflect.set(client, 'query', (...words: unknown[]) => {
    const trace = currentTrace();
    const [first] = words;
    const sql = typeof first === 'string' ? first : isQuery(first) ? first.text : undefined;
    if (!trace || sql === undefined) return call(query, client, words);
    const span = begun(trace, sql);
    words[0] = withComment(first, sql, trace, span);
    if (!span) return call(query, client, words);
    const last = words.at(-1);
    if (typeof last === 'function') {
      const callback = last as Callback;
      words[words.length - 1] = (error: unknown, result: unknown) => {
        trace.end(span, error ?? undefined);
        callback(error, result);
      };
      return call(query, client, words);
    }
    const asked = call(query, client, words);
    if (asked instanceof Promise) {
      asked.then(
        () => trace.end(span),
        (error: unknown) => trace.end(span, error),
      );
    }
    return asked;
  });
}

/**
 * The statement with a comment as sqlcommenter writes them. It needs no round trip and no state of the connection, as `application_name`
 * would, so it also is right behind a pooler. PostgreSQL keeps the text of a statement that has a name. So a read of a trace that is sent goes
 * without its name, and is parsed once more; the others keep it, and say nothing.
 */
function withComment(first: unknown, sql: string, trace: Trace, span: Span | undefined): unknown {
  const isPrepared = isQuery(first) && first.name !== undefined;
  if (isPrepared && !span) return first;
  const id = trace.requestId === undefined ? '' : `request_id='${encodeURIComponent(trace.requestId)}',`;
  const text = `${sql} /*${id}traceparent='${trace.traceparent(span)}'*/`;
  return isQuery(first) ? { ...first, name: undefined, text } : text;
}

interface Query {
  readonly text: string;
  readonly name?: string | undefined;
}

function isQuery(value: unknown): value is Query {
  return typeof value === 'object' && value !== null && typeof Reflect.get(value, 'text') === 'string';
}

function call(method: unknown, on: object, words: unknown[]): unknown {
  if (typeof method !== 'function') throw new TypeError('pg has changed');
  return Reflect.apply(method, on, words);
}
