import { z } from 'zod';
import { oneOf, SettingError, setting, wholeNumber } from './setting.ts';

/** https://opentelemetry.io/docs/specs/otel/protocol/exporter/, as far as traces over HTTP need it. */

const SAMPLERS = [
  'always_on',
  'always_off',
  'traceidratio',
  'parentbased_always_on',
  'parentbased_always_off',
  'parentbased_traceidratio',
] as const;

export interface TracingSettings {
  /** Where batches are posted. */
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly isCompressed: boolean;
  /** How long one try to send may take. */
  readonly timeoutMs: number;
  /** What all spans have in common: who says it. */
  readonly resource: Readonly<Record<string, string>>;
  readonly sampler: (typeof SAMPLERS)[number];
  /** Of the samplers that take a part of all traces. */
  readonly ratio: number;
  readonly queue: {
    readonly intervalMs: number;
    /** How long a batch is tried. */
    readonly giveUpMs: number;
    readonly maxWaiting: number;
    readonly batchSize: number;
  };
}

const MAX_VALUES = 64;
const MAX_MS = 600_000;
/** RFC 9110 section 5.6.2. */
const TOKEN = /^[!#$%&'*+.^`|~\w-]+$/;
/** Headers that say how a message is sent, which is ours to say. */
const OURS = new Set(['host', 'connection', 'content-length', 'content-type', 'content-encoding', 'transfer-encoding']);

function endpointOf(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url?.hostname || !/^https?:\/\//i.test(text)) throw new SettingError('must begin with http:// or https://');
  if (url.username || url.password)
    throw new SettingError('must have no user name or password: OTEL_EXPORTER_OTLP_HEADERS is for secrets');
  if (url.hash) throw new SettingError('must have no fragment');
  return url;
}

/** `key=value,key=value`, percent-encoded (W3C Baggage without properties). */
function pairsOf(text: string): Record<string, string> {
  const pairs = text.split(',').flatMap((pair) => {
    if (pair.trim() === '') return [];
    const end = pair.indexOf('=');
    const key = pair.slice(0, end).trim();
    if (end < 1 || key === '') throw new SettingError('must be key=value, with a comma between two of them');
    return [[decoded(key), decoded(pair.slice(end + 1).trim())] as const];
  });
  if (pairs.length > MAX_VALUES) throw new SettingError(`must have at most ${MAX_VALUES} values`);
  return Object.fromEntries(pairs);
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw new SettingError('has a % that is no percent-encoding: write %25 for it');
  }
}

function headersOf(text: string): Record<string, string> {
  const entries = Object.entries(pairsOf(text)).map(([name, value]) => [name.toLowerCase(), value] as const);
  for (const [name, value] of entries) {
    if (!TOKEN.test(name) || !/^[\t\x20-\x7e]*$/.test(value)) throw new SettingError('has what no header can carry');
    if (OURS.has(name)) throw new SettingError(`must not set ${name}, which the exporter itself does`);
  }
  return Object.fromEntries(entries);
}

function ratioOf(text: string): number {
  const ratio = /^(\d+|\d*\.\d+)$/.test(text) ? Number(text) : Number.NaN;
  if (!(ratio >= 0 && ratio <= 1)) throw new SettingError('must be a number from 0 to 1');
  return ratio;
}

/** Collectors take both encodings at one port, and ours needs no code that is generated. */
const protocol = setting((text): 'http/json' | 'http/protobuf' => {
  const given = text.toLowerCase();
  if (given === 'http/json' || given === 'http/protobuf') return given;
  throw new SettingError(
    'must be http/json: spans are sent by HTTP, which collectors expect at port 4318, and not by gRPC',
  );
});
const compression = oneOf(['none', 'gzip']);
const timeout = wholeNumber(1, MAX_MS);
const yesOrNo = oneOf(['true', 'false']);

/** The standard environment variables that have an effect. Those of TRACES go before the general ones. */
export const OPEN_TELEMETRY = {
  OTEL_SDK_DISABLED: yesOrNo.optional(),
  OTEL_TRACES_EXPORTER: oneOf(['otlp', 'none']).optional(),
  OTEL_EXPORTER_OTLP_ENDPOINT: setting(endpointOf).optional(),
  OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: setting(endpointOf).optional(),
  OTEL_EXPORTER_OTLP_HEADERS: setting(headersOf).optional(),
  OTEL_EXPORTER_OTLP_TRACES_HEADERS: setting(headersOf).optional(),
  OTEL_EXPORTER_OTLP_PROTOCOL: protocol.optional(),
  OTEL_EXPORTER_OTLP_TRACES_PROTOCOL: protocol.optional(),
  OTEL_EXPORTER_OTLP_COMPRESSION: compression.optional(),
  OTEL_EXPORTER_OTLP_TRACES_COMPRESSION: compression.optional(),
  OTEL_EXPORTER_OTLP_TIMEOUT: timeout.optional(),
  OTEL_EXPORTER_OTLP_TRACES_TIMEOUT: timeout.optional(),
  OTEL_SERVICE_NAME: z.string().max(255).optional(),
  OTEL_RESOURCE_ATTRIBUTES: setting(pairsOf).optional(),
  OTEL_TRACES_SAMPLER: oneOf(SAMPLERS).default('parentbased_always_on'),
  OTEL_TRACES_SAMPLER_ARG: setting(ratioOf).default(1),
  OTEL_BSP_SCHEDULE_DELAY: wholeNumber(1, MAX_MS).default(5_000),
  OTEL_BSP_EXPORT_TIMEOUT: wholeNumber(1, MAX_MS).default(30_000),
  OTEL_BSP_MAX_QUEUE_SIZE: wholeNumber(1, 100_000).default(2_048),
  OTEL_BSP_MAX_EXPORT_BATCH_SIZE: wholeNumber(1, 10_000).default(512),
};

/** A right value of each. */
export const OPEN_TELEMETRY_EXAMPLES: Readonly<Record<keyof typeof OPEN_TELEMETRY, string>> = {
  OTEL_SDK_DISABLED: 'true',
  OTEL_TRACES_EXPORTER: 'otlp',
  OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:4318',
  OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: 'http://127.0.0.1:4318/v1/traces',
  OTEL_EXPORTER_OTLP_HEADERS: 'authorization=Bearer%20secret',
  OTEL_EXPORTER_OTLP_TRACES_HEADERS: 'authorization=Bearer%20secret',
  OTEL_EXPORTER_OTLP_PROTOCOL: 'http/json',
  OTEL_EXPORTER_OTLP_TRACES_PROTOCOL: 'http/json',
  OTEL_EXPORTER_OTLP_COMPRESSION: 'gzip',
  OTEL_EXPORTER_OTLP_TRACES_COMPRESSION: 'gzip',
  OTEL_EXPORTER_OTLP_TIMEOUT: '10000',
  OTEL_EXPORTER_OTLP_TRACES_TIMEOUT: '10000',
  OTEL_SERVICE_NAME: 'signup-with-platform',
  OTEL_RESOURCE_ATTRIBUTES: 'deployment.environment.name=production',
  OTEL_TRACES_SAMPLER: 'parentbased_traceidratio',
  OTEL_TRACES_SAMPLER_ARG: '0.1',
  OTEL_BSP_SCHEDULE_DELAY: '5000',
  OTEL_BSP_EXPORT_TIMEOUT: '30000',
  OTEL_BSP_MAX_QUEUE_SIZE: '2048',
  OTEL_BSP_MAX_EXPORT_BATCH_SIZE: '512',
};

type Given = z.infer<ReturnType<typeof z.object<typeof OPEN_TELEMETRY>>>;

const DEFAULT_TIMEOUT_MS = 10_000;
const DEFAULT_NAME = 'signup-with-platform';

/** @returns undefined where no traces are wanted */
export function tracingOf(given: Given): TracingSettings | undefined {
  if (given.OTEL_SDK_DISABLED === 'true' || given.OTEL_TRACES_EXPORTER === 'none') return undefined;
  const url = addressOf(given);
  if (!url) return undefined;
  const name = given.OTEL_SERVICE_NAME;
  const batchSize = Math.min(given.OTEL_BSP_MAX_EXPORT_BATCH_SIZE, given.OTEL_BSP_MAX_QUEUE_SIZE);
  return {
    url,
    headers: given.OTEL_EXPORTER_OTLP_TRACES_HEADERS ?? given.OTEL_EXPORTER_OTLP_HEADERS ?? {},
    isCompressed:
      (given.OTEL_EXPORTER_OTLP_TRACES_COMPRESSION ?? given.OTEL_EXPORTER_OTLP_COMPRESSION ?? 'none') === 'gzip',
    timeoutMs: given.OTEL_EXPORTER_OTLP_TRACES_TIMEOUT ?? given.OTEL_EXPORTER_OTLP_TIMEOUT ?? DEFAULT_TIMEOUT_MS,
    resource: {
      'service.name': DEFAULT_NAME,
      ...given.OTEL_RESOURCE_ATTRIBUTES,
      ...(name !== undefined && { 'service.name': name }),
    },
    sampler: given.OTEL_TRACES_SAMPLER,
    ratio: given.OTEL_TRACES_SAMPLER_ARG,
    queue: {
      intervalMs: given.OTEL_BSP_SCHEDULE_DELAY,
      giveUpMs: given.OTEL_BSP_EXPORT_TIMEOUT,
      maxWaiting: given.OTEL_BSP_MAX_QUEUE_SIZE,
      batchSize,
    },
  };
}

/** Where the standard has a collector that nobody says the address of. Without a word, it would be called by everybody who has none. */
const DEFAULT_ENDPOINT = new URL('http://localhost:4318');

function addressOf(given: Given): URL | undefined {
  const { OTEL_EXPORTER_OTLP_ENDPOINT: base, OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: own } = given;
  if (own) return own;
  if (base) return tracesBelow(base);
  return given.OTEL_TRACES_EXPORTER === 'otlp' ? tracesBelow(DEFAULT_ENDPOINT) : undefined;
}

function tracesBelow(base: URL): URL {
  const url = new URL(base);
  url.pathname = `${url.pathname.replace(/\/$/, '')}/v1/traces`;
  return url;
}

/** What the operator set for OpenTelemetry and does not get, while traces are on. */
export function tracingWarnings(env: Readonly<Record<string, string>>, given: Given): string[] {
  if (!tracingOf(given)) return [];
  const warnings = Object.keys(env)
    .filter((name) => name.startsWith('OTEL_') && !Object.hasOwn(OPEN_TELEMETRY, name))
    .map(
      (name) =>
        `The environment variable ${name} has no effect here: docs/settings.md lists those of OpenTelemetry that have.`,
    );
  if ((given.OTEL_EXPORTER_OTLP_TRACES_PROTOCOL ?? given.OTEL_EXPORTER_OTLP_PROTOCOL) === 'http/protobuf')
    warnings.push('Spans are sent as http/json instead of http/protobuf. A collector takes both at the same address.');
  return warnings;
}
