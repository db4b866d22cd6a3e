import { isUtf8 } from 'node:buffer';
import { recordOf } from '#http/body/form-record.ts';
import { NotUtf8, parseUrlEncoded } from '#http/body/url-encoded.ts';
import { ApiError } from './api-error.ts';
import type { ApiRoute } from './route.ts';
import { unknownInQuery } from './validation/names.ts';

/**
 * The query of a call, by its schema. A parameter that the call does not have is refused, because a filter that is misspelt would return the
 * whole list.
 * @throws ApiError 400 that names the parameter
 */
export function readQuery(route: Pick<ApiRoute, 'parameters' | 'query'>, url: string): Record<string, unknown> {
  const { query: schema } = route;
  const start = url.indexOf('?');
  if (start === -1) return schema?.parse({}) ?? {};
  const given = recordOf(parse(url.slice(start + 1)));
  const known = Object.keys(schema?.shape ?? {});
  const unknown = Object.keys(given).find((name) => !known.includes(name));
  if (unknown !== undefined) throw unknownInQuery(route, unknown);
  const parsed = schema?.safeParse(given);
  if (!parsed) return {};
  if (parsed.success) return parsed.data;
  // Each schema's message completes a sentence that begins with the parameter's name. Validation rules are for bodies only.
  const [issue] = parsed.error.issues;
  throw new ApiError(400, 'invalid_request', `In the query, ${String(issue?.path[0])} ${issue?.message}.`);
}

function parse(search: string): [string, string][] {
  // Node gives each byte of a URL as a character. Some clients send UTF-8 without escaping it.
  const bytes = Buffer.from(search, 'latin1');
  try {
    if (isUtf8(bytes)) return parseUrlEncoded(bytes.toString());
  } catch (error) {
    if (!(error instanceof NotUtf8)) throw error;
    if (error.field !== undefined) {
      throw new ApiError(
        400,
        'invalid_request',
        `In the query, ${error.field} is not UTF-8. Escape the bytes of its UTF-8 form.`,
      );
    }
  }
  throw new ApiError(400, 'invalid_request', 'The query is not UTF-8. Escape the bytes of its UTF-8 form.');
}
