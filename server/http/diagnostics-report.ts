import { z } from 'zod';

/** Where the doctor asks the running server what arrives, through whatever stands in front of it. */
export const DIAGNOSTICS_PATH = '/diagnostics';
export const DIAGNOSTICS_STREAM_PATH = '/diagnostics/stream';
/** Not `Authorization`, because whether that arrives is one of the questions. */
export const DIAGNOSTICS_TOKEN_HEADER = 'x-diagnostics-token';
/** Asks for an answer with this status. */
export const DIAGNOSTICS_STATUS_HEADER = 'x-diagnostics-status';
/** Comes back in the report, so that an old answer is told from a new one. */
export const DIAGNOSTICS_PROBE_HEADER = 'x-diagnostics-probe';
/** What is sent first on the stream. */
export const DIAGNOSTICS_FIRST_EVENT = 'data: begun\n\n';
/** How long the stream lasts. Whoever holds it back until its end does so for at least as long. */
export const DIAGNOSTICS_STREAM_MS = 8_000;

/** Headers of requests without which a contract of ours does not work. */
export const NEEDED_REQUEST_HEADERS = [
  'accept-language',
  'authorization',
  'cookie',
  'idempotency-key',
  'if-match',
  'if-none-match',
  'origin',
  'referer',
  'sec-fetch-dest',
  'sec-fetch-site',
  'user-agent',
  'x-api-key',
  'x-request-id',
] as const;

/** By which content delivery networks say who visits, besides X-Forwarded-For: Cloudflare, Akamai, Fastly, Azure, CloudFront, Fly. */
export const VISITOR_HEADERS = [
  'cf-connecting-ip',
  'true-client-ip',
  'fastly-client-ip',
  'x-azure-clientip',
  'cloudfront-viewer-address',
  'fly-client-ip',
] as const;

/** Headers of responses that protect people, or by which the popup and the API work. */
export const NEEDED_RESPONSE_HEADERS = [
  'content-security-policy',
  'cross-origin-opener-policy',
  'cross-origin-resource-policy',
  'permissions-policy',
  'referrer-policy',
  'set-cookie',
  'strict-transport-security',
  'www-authenticate',
  'x-content-type-options',
  'x-frame-options',
  'x-request-id',
] as const;

/** What the running server says of itself, and of the request as it arrived. It holds no secret. */
export const diagnosticsReportSchema = z.object({
  version: z.string(),
  node: z.string(),
  nowMs: z.number(),
  upSeconds: z.number(),
  settings: z.object({
    production: z.boolean(),
    publicUrl: z.string(),
    reviewsApps: z.boolean(),
    trustProxy: z.array(z.string()),
    keepAliveSeconds: z.number(),
    sendsMail: z.boolean(),
    database: z.enum(['PostgreSQL', 'SQLite']),
    hasMetricsToken: z.boolean(),
    /** Whether /metrics is at a port of its own. A server of an earlier version does not tell. */
    hasMetricsPort: z.boolean().default(false),
    /** Whether a directory is asked, and a website hands people over. A server of an earlier version does not tell. */
    asksDirectory: z.boolean().optional(),
    takesHandOver: z.boolean().optional(),
  }),
  /** Idle connections of proxies since the start. */
  idleEnds: z.object({ byServer: z.number(), byProxy: z.number() }),
  request: z.object({
    probe: z.string(),
    method: z.string(),
    host: z.string(),
    peer: z.string(),
    /** Whether TRUST_PROXY names the peer. */
    isPeerTrusted: z.boolean(),
    clientAddress: z.string(),
    forwardedFor: z.string().optional(),
    forwardedProto: z.string().optional(),
    /** Those of {@link VISITOR_HEADERS} that came. A server of an earlier version does not tell. */
    visitorHeaders: z.record(z.string(), z.string()).default({}),
    /** Of {@link NEEDED_REQUEST_HEADERS}. */
    headers: z.record(z.string(), z.string()),
  }),
  /** Of {@link NEEDED_RESPONSE_HEADERS}, as they were sent. */
  responseHeaders: z.record(z.string(), z.array(z.string())),
});

export type DiagnosticsReport = z.infer<typeof diagnosticsReportSchema>;
