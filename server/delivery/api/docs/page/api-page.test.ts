import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { BUILT_IN } from '#domain/claims/catalogue.ts';
import { startTestPlatform, type TestPlatform } from '#testing/test-platform.ts';
import { EMBED_STATUS } from '../../embed/embed-error.ts';
import { API_ROUTES } from '../../routes.ts';
import { ERROR_CATALOGUE } from '../error-catalogue.ts';
import { OPERATIONS } from '../operations.ts';
import { Contract, type OpenApiDocument } from '../testing/contract.ts';
import { type PreparedRequest, Vendor } from '../testing/vendor.ts';
import { apiPage } from './api-page.ts';
import { samplesOf } from './code-samples.ts';
import { VALIDATION_RULES } from './validation-section.ts';
import { verifySamples } from './verify-samples.ts';

const PLATFORM = { name: 'Acme & <b>', publicUrl: 'https://id.example', quotaPerHour: 1_000, fields: BUILT_IN };
const { html, contentSecurityPolicy } = apiPage(OPERATIONS, PLATFORM);
const captures = (text: string, pattern: RegExp) => [...text.matchAll(pattern)].map(([, capture = '']) => capture);
const sorted = (values: Iterable<string>) => [...new Set(values)].sort();

describe('the page for people', () => {
  it('explains each error code of the source, and no other', () => {
    const directory = fileURLToPath(new URL('../../', import.meta.url));
    const sources = globSync('**/*.ts', { cwd: directory, exclude: ['**/*.test.ts', 'docs/**', '**/testing/**'] })
      .map((file) => readFileSync(join(directory, file), 'utf8'))
      .join('\n');
    const thrown = captures(sources, /(?:new ApiError\(\s*\d{3},|\bunauthorized\()\s*'([a-z_]+)'/g);
    const declared = API_ROUTES.flatMap(({ errors }) => Object.values(errors).flat() as string[]);
    assert.ok(thrown.length > 10);
    assert.deepEqual(sorted(Object.keys(ERROR_CATALOGUE)), sorted([...thrown, ...declared]));
    const anchors = captures(html, /<tr id="error-([a-z_]+)"/g);
    assert.deepEqual(anchors.sort(), Object.keys(ERROR_CATALOGUE).sort());
    assert.deepEqual(captures(html, /<tr id="embed-error-([a-z_]+)"/g).sort(), Object.keys(EMBED_STATUS).sort());
  });

  it('explains each validation rule', () => {
    const rules = API_ROUTES.flatMap(({ parameters = {} }) =>
      Object.values(parameters).flatMap(({ rules: own }) => own),
    );
    const kinds = rules.map(({ name }) => name.replace(/\[\d+\]/, '[N]').replace(/\[[a-z]\w*\]/, '[PARAMETER]'));
    assert.deepEqual(
      kinds.filter((kind) => !(kind in VALIDATION_RULES)),
      [],
    );
    for (const rule of Object.keys(VALIDATION_RULES)) assert.ok(html.includes(`<code>${rule}</code>`), rule);
  });

  it('has every call, and links that lead somewhere', () => {
    for (const { operation } of OPERATIONS) assert.ok(html.includes(`<section id="${operation}"`), operation);
    const ids = captures(html, /\sid="([^"]+)"/g);
    assert.equal(new Set(ids).size, ids.length, 'each id once');
    assert.deepEqual(
      captures(html, /href="#([^"]+)"/g).filter((anchor) => !ids.includes(anchor)),
      [],
    );
  });

  it('escapes, and runs nothing but its own script', () => {
    assert.ok(html.includes('Acme &amp; &lt;b&gt;'));
    assert.doesNotMatch(html, /<b>|\sstyle=|\son\w+=/);
    assert.equal(captures(html, /<(script)/g).length, 1);
    assert.match(contentSecurityPolicy, /script-src 'sha256-[^']+'$/);
    assert.doesNotMatch(contentSecurityPolicy, /unsafe|\*/);
  });

  it('has tabs that need no script', () => {
    const groups = sorted(captures(html, /type="radio" name="([^"]+)"/g));
    assert.equal(groups.length, OPERATIONS.length + 1);
    assert.equal(captures(html, /type="radio"[^>]*(\schecked)/g).length, groups.length);
  });
});

describe('the examples', () => {
  let platform: TestPlatform;
  let vendor: Vendor;
  let contract: Contract;
  const directory = mkdtempSync(join(tmpdir(), 'examples-'));

  before(async () => {
    platform = await startTestPlatform();
    vendor = await Vendor.create(platform);
    contract = new Contract((await (await fetch(`${platform.url}/openapi.json`)).json()) as OpenApiDocument);
    process.env['SECRET_KEY'] = vendor.app.apiKey;
  });
  after(async () => {
    delete process.env['SECRET_KEY'];
    rmSync(directory, { recursive: true });
    await platform.close();
  });

  for (const operation of OPERATIONS) {
    it(`for ${operation.operation} run as they are`, async () => {
      const { curl = '', javascript = '' } = samplesOf(operation, platform.url);
      contract.check(operation.operation, await vendor.send(requestOf(curl, platform.url), {}));

      const answered: Response[] = [];
      const { fetch: realFetch } = globalThis;
      globalThis.fetch = async (...request) => {
        const response = await realFetch(...request);
        answered.push(response.clone());
        return response;
      };
      try {
        const file = join(directory, `${operation.operation}.mjs`);
        writeFileSync(file, javascript.replace('console.log', 'void '));
        // A made-up id is refused, which the example reports by throwing the answer.
        await import(pathToFileURL(file).href).catch((error: Error) => JSON.parse(error.message));
      } finally {
        globalThis.fetch = realFetch;
      }
      const [response] = answered;
      assert.ok(response && answered.length === 1);
      const text = await response.text();
      contract.check(operation.operation, {
        status: response.status,
        headers: response.headers,
        text,
        json: JSON.parse(text),
      });
    });
  }

  it('create a user', () => {
    assert.ok(contract.seen.has('createUser 200'));
    assert.ok(contract.seen.has('embedLogin 200'));
  });

  it('verify a credential by the names that the library has', async () => {
    const { javascript = '' } = verifySamples(PLATFORM.publicUrl);
    const [install = ''] = javascript.split('\n');
    assert.match(install, /^\/\/ npm install https:\/\/[\w.:-]+\/packages\/client-[\w.-]+\.tgz$/);
    const [names = ''] = captures(javascript, /import \{ ([\w, ]+) \} from '@signup-with-platform\/client'/g);
    const client = (await import('../../../../../client/index.ts')) as Record<string, unknown>;
    for (const name of names.split(', ')) assert.equal(typeof client[name], 'function', name);
  });
});

/** What a shell would have curl send. */
function requestOf(command: string, origin: string): PreparedRequest {
  const script = `curl() { printf '%s\\0' "$@"; }\nuuidgen() { echo 8f1b6f0e-6a52-4d6c-9a3e-2f4f0a3d5c11; }\n${command}`;
  const words = execFileSync('/bin/sh', ['-c', script], { env: process.env, encoding: 'utf8' }).split('\0');
  const headers: Record<string, string> = {};
  let [method, path, body]: [string | undefined, string, string | undefined] = [undefined, '', undefined];
  for (let index = 0; index < words.length - 1; index += 1) {
    const word = words[index] ?? '';
    if (!word.startsWith('-')) {
      assert.ok(word.startsWith(origin), word);
      path = word.slice(origin.length);
      continue;
    }
    const value = words[++index] ?? '';
    if (word === '-X') method = value;
    else if (word === '-u') headers['authorization'] = `Basic ${Buffer.from(value).toString('base64')}`;
    else if (word === '-d') body = value;
    else headers[value.split(': ')[0] ?? ''] = value.split(': ')[1] ?? '';
  }
  return {
    method: method ?? (body === undefined ? 'GET' : 'POST'),
    path,
    headers,
    ...(body !== undefined && { body }),
  };
}
