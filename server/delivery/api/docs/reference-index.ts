import { EMBED_STATUS, type EmbedErrorCode } from '../embed/embed-error.ts';
import { EMBED_GROUP } from './embed.ts';
import { exampleMessage } from './embed-message.ts';
import { ERROR_CATALOGUE } from './error-catalogue.ts';
import type { Operation } from './operation.ts';
import { OPERATIONS } from './operations.ts';
import { errorAnchor } from './page/error-anchor.ts';
import { VALIDATION_RULES } from './page/validation-section.ts';

/** What the search of the documentation knows of one part of the reference. */
export interface IndexedPart {
  /** Empty for the reference as a whole. */
  anchor: string;
  heading: string;
  keywords?: string;
  body: string;
}

/** Every call and every error code of the reference, for the search of the documentation. */
export function referenceIndex(): IndexedPart[] {
  return [
    {
      anchor: '',
      heading: 'API reference',
      keywords: 'REST endpoint',
      body: 'Every call, parameter, answer and error.',
    },
    { anchor: 'authentication', heading: 'Authentication', body: 'HTTP Basic, X-Api-Key, Bearer' },
    { anchor: 'error-codes', heading: 'Error codes', keywords: 'status', body: Object.keys(ERROR_CATALOGUE).join(' ') },
    { anchor: 'validation', heading: 'Validation', body: Object.entries(VALIDATION_RULES).flat().join(' ') },
    { anchor: 'quota', heading: 'Quota', keywords: 'rate limit', body: 'RateLimit-Policy RateLimit Retry-After 429' },
    { anchor: 'idempotency', heading: 'Repeating a request safely', keywords: 'Idempotency-Key retry', body: '409' },
    { anchor: 'pagination', heading: 'Pagination', keywords: 'cursor page', body: 'limit next data' },
    {
      anchor: 'conditional-requests',
      heading: 'Conditional requests',
      keywords: 'ETag',
      body: 'If-Match If-None-Match 304 412',
    },
    ...OPERATIONS.map(callOf),
    ...Object.entries(ERROR_CATALOGUE).map(([code, { status, meaning, remedy }]) => ({
      anchor: errorAnchor(code),
      heading: code,
      keywords: `error ${status}`,
      body: `${meaning} ${remedy}`,
    })),
    ...(Object.keys(EMBED_STATUS) as EmbedErrorCode[]).map((code) => ({
      anchor: errorAnchor(code, EMBED_GROUP),
      heading: `${code} (embedded sign-up)`,
      keywords: `error ${EMBED_STATUS[code]}`,
      body: exampleMessage(code),
    })),
  ];
}

function callOf({ operation, method, path, summary, description = '', parameters, body }: Operation): IndexedPart {
  const properties = Object.keys((body?.schema['properties'] ?? {}) as object);
  const names = [...parameters.map(({ name }) => name), ...properties];
  return {
    anchor: operation,
    heading: `${method} ${path}`,
    keywords: `${summary} ${operation}`,
    body: `${description} ${names.join(' ')}`,
  };
}
