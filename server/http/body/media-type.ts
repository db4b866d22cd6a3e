import { MIMEType } from 'node:util';

/** A Content-Type, as far as the pipeline needs it. Everything but the boundary is in lower case. */
export interface MediaType {
  /** E.g. `application/json`. */
  readonly essence: string;
  readonly charset: string | undefined;
  readonly boundary: string | undefined;
}

/** Clients send few different types, and parsing one takes longer than parsing a small body. */
const MAX_REMEMBERED = 100;
const remembered = new Map<string, MediaType>();

/** @returns undefined for what is no media type (RFC 9110 section 8.3.1) */
export function parseMediaType(contentType: string): MediaType | undefined {
  const known = remembered.get(contentType);
  if (known) return known;
  const parsed = parse(contentType);
  // A boundary is different each time.
  if (parsed && parsed.boundary === undefined && remembered.size < MAX_REMEMBERED) remembered.set(contentType, parsed);
  return parsed;
}

function parse(contentType: string): MediaType | undefined {
  try {
    const { essence, params } = new MIMEType(contentType);
    return {
      essence,
      charset: params.get('charset')?.toLowerCase(),
      boundary: params.get('boundary') ?? undefined,
    };
  } catch {
    return undefined;
  }
}
