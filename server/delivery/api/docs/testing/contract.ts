import assert from 'node:assert/strict';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import type { Answered } from './vendor.ts';

interface ResponseObject {
  headers?: Record<string, { $ref: string }>;
  content?: Record<string, unknown>;
}
interface OperationObject {
  operationId: string;
  responses: Record<string, ResponseObject>;
}
export interface OpenApiDocument {
  paths: Record<string, Record<string, OperationObject>>;
  components: { headers: Record<string, { schema: { pattern?: string } }> };
}

const DOCUMENT_ID = 'https://contract.example/openapi.json';
const pointer = (...parts: string[]) =>
  parts.map((part) => `/${encodeURIComponent(part.replaceAll('~', '~0').replaceAll('/', '~1'))}`).join('');

/** Checks answers against an OpenAPI document, and records which answers were seen. */
export class Contract {
  readonly document: OpenApiDocument;
  readonly #ajv: Ajv2020;
  /** `operation status` and `operation status code` of every checked answer. */
  readonly seen = new Set<string>();

  constructor(document: OpenApiDocument) {
    this.document = document;
    this.#ajv = new Ajv2020({ strict: false, allErrors: true });
    (addFormats as unknown as (ajv: Ajv2020) => void)(this.#ajv);
    this.#ajv.addSchema({ ...document, $id: DOCUMENT_ID });
  }

  /** Every operation, with its id, path and method. */
  get operations(): [id: string, path: string, method: string, operation: OperationObject][] {
    return Object.entries(this.document.paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, operation]) => [operation.operationId, path, method, operation] as never),
    );
  }

  /** Asserts that the answer's status, content type, headers and body are documented for this operation. */
  check(operationId: string, answer: Answered): void {
    const [, path = '', method = '', operation] = this.operations.find(([id]) => id === operationId) ?? [];
    const status = String(answer.status);
    const what = `${operationId} ${status} ${answer.text.slice(0, 300)}`;
    const response = operation?.responses[status];
    assert.ok(response, `not documented: ${what}`);
    this.#checkHeaders(answer, response, what);
    const [type = ''] = (answer.headers.get('content-type') ?? '').split(';');
    this.seen.add(`${operationId} ${status}`);
    if (!response.content) {
      assert.equal(answer.text, '', what);
      return;
    }
    assert.ok(type in response.content, `not documented: ${type} of ${what}`);
    const location = pointer('paths', path, method, 'responses', status, 'content', type, 'schema');
    const validate = this.#ajv.getSchema(`${DOCUMENT_ID}#${location}`);
    assert.ok(validate, location);
    assert.ok(validate(answer.json), `${what}: ${this.#ajv.errorsText(validate.errors)}`);
    const { error, code } = (answer.json ?? {}) as { error?: unknown; code?: unknown };
    for (const name of [error, code]) if (typeof name === 'string') this.seen.add(`${operationId} ${status} ${name}`);
  }

  #checkHeaders({ headers }: Answered, response: ResponseObject, what: string): void {
    assert.ok(headers.has('x-request-id'), `no X-Request-Id: ${what}`);
    const documented = Object.keys(response.headers ?? {});
    for (const name of documented) {
      const { pattern } = this.document.components.headers[name]?.schema ?? {};
      const value = headers.get(name);
      if (value !== null && pattern) assert.match(value, new RegExp(pattern), `${name}: ${what}`);
    }
    for (const name of ['RateLimit', 'RateLimit-Policy', 'Retry-After', 'ETag', 'Link', 'WWW-Authenticate']) {
      if (!headers.has(name) || documented.includes(name)) continue;
      // Errors after the quota check have its headers, too.
      if (name.startsWith('RateLimit') && Number(what.split(' ')[1]) >= 400) continue;
      assert.fail(`not documented: ${name} of ${what}`);
    }
  }
}
