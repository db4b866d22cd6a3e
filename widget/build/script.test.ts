import assert from 'node:assert/strict';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, type TestContext, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { COLOR_ACCENT } from '@signup-with-platform/design';
import { exportJWK, generateKeyPair, SignJWT, UnsecuredJWT } from 'jose';
import { INHERITED_NAMES } from '../../scripts/testing/hostile-inputs.ts';
import type { prepareAnswer as Prepare } from '../answer/answer.ts';
import { LATER_BUDGET_BYTES, SIZE_BUDGET_BYTES, sizesAfterClick, sizesBeforeClick, sumOf } from '../size.ts';
import { en } from '../strings/en.ts';
import { labels } from '../strings/labels.ts';
import { CLIENT_ID, NONCE, PLATFORM, TestIssuer } from '../testing/credentials.ts';
import { compactCss } from './fold-styles.ts';
import { buildScript } from './package.ts';

let outDir: string;
before(async () => {
  outDir = await mkdtemp(join(tmpdir(), 'widget-'));
  await buildScript(outDir);
});
after(() => rm(outDir, { recursive: true }));

test('what a page loads before the click fits into the budget', async (context) => {
  const bytes = sumOf(await sizesBeforeClick(pathToFileURL(join(outDir, 'widget.js'))));
  context.diagnostic(`${bytes} of ${SIZE_BUDGET_BYTES} bytes`);
  assert.ok(bytes <= SIZE_BUDGET_BYTES, `${bytes} bytes`);
});

test('what a page loads after a click fits into the budget, too', async (context) => {
  const bytes = sumOf(await sizesAfterClick(pathToFileURL(join(outDir, 'widget/'))));
  context.diagnostic(`${bytes} of ${LATER_BUDGET_BYTES} bytes`);
  assert.ok(bytes > 0 && bytes <= LATER_BUDGET_BYTES, `${bytes} bytes`);
});

test('each part that a click loads is one file, so that no part is waited for twice', async () => {
  const files = [...(await sizesAfterClick(pathToFileURL(join(outDir, 'widget/')))).keys()];
  assert.deepEqual(files.map((href) => /([a-z]+)-[\w-]+\.js$/.exec(href)?.[1]).sort(), ['answer', 'attempt']);
});

const EXPECTED = { issuer: PLATFORM, clientId: CLIENT_ID, nonce: NONCE, ageMs: 0 };

/** The built code that checks an answer, as in a page, for as long as the test runs. */
async function builtAnswer(context: TestContext, issuer: TestIssuer) {
  const browser = { window: globalThis, addEventListener() {}, document: { documentElement: { lang: 'en' } } };
  Object.assign(globalThis, browser);
  context.after(() => Object.keys(browser).forEach((name) => void Reflect.deleteProperty(globalThis, name)));
  const name = (await readdir(join(outDir, 'widget'))).find((file) => /^answer-.*\.js$/.test(file)) ?? '';
  const { prepareAnswer } = (await import(pathToFileURL(join(outDir, 'widget', name)).href)) as {
    prepareAnswer: typeof Prepare;
  };
  return prepareAnswer({
    html: () => assert.fail('nothing is shown'),
    adoptStyles() {},
    platform: PLATFORM,
    strings: { ...labels, ...en },
    chosen: new WeakSet(),
    ask: issuer.fetch,
  });
}

test('the built code takes a credential that the platform signed, and refuses others', async (context) => {
  const issuer = await TestIssuer.create();
  const answer = await builtAnswer(context, issuer);
  assert.equal((await answer.verify(await issuer.sign(), EXPECTED)).sub, 'user-of-this-shop');
  const { publicKey, privateKey } = await generateKeyPair('EdDSA');
  issuer.moreKeys = [{ ...(await exportJWK(publicKey)), kid: 'key-2', alg: 'EdDSA', use: 'sig' }];
  const byOther = await new SignJWT({}).setProtectedHeader({ alg: 'EdDSA', kid: 'key-2' }).sign(privateKey);
  const crit = await new SignJWT({})
    .setProtectedHeader({ alg: 'EdDSA', kid: 'key-2', crit: ['b64'], b64: true })
    .sign(privateKey);
  for (const credential of [await issuer.sign({ forged: true }), byOther, crit, new UnsecuredJWT({}).encode(), 'a.b.c'])
    await assert.rejects(answer.verify(credential, EXPECTED), { code: 'invalid_credential' }, credential);
});

test('the built code reads nothing that a page has put on Object.prototype', async (context) => {
  const issuer = await TestIssuer.create();
  const answer = await builtAnswer(context, issuer);
  const [signed, forged] = [await issuer.sign(), await issuer.sign({ forged: true })];
  const judged: Record<string, unknown> = {};
  for (const name of INHERITED_NAMES)
    for (const value of ['x', true, { alg: 'none' }, () => true]) {
      Object.defineProperty(Object.prototype, name, { value, configurable: true, enumerable: true, writable: true });
      try {
        const verdicts = [signed, forged].map((credential) =>
          answer.verify(credential, EXPECTED).then(
            ({ sub }) => sub,
            ({ code }) => code,
          ),
        );
        judged[`${name}: ${typeof value}`] = await Promise.all(verdicts);
      } finally {
        Reflect.deleteProperty(Object.prototype, name);
      }
    }
  for (const [what, verdicts] of Object.entries(judged))
    assert.deepEqual(verdicts, ['user-of-this-shop', 'invalid_credential'], what);
});

test('the entry has no hash, the chunks have one, and no chunk imports the entry', async () => {
  assert.deepEqual((await readdir(outDir)).sort(), ['widget', 'widget.js', 'widget.js.map']);
  const entry = await readFile(join(outDir, 'widget.js'), 'utf8');
  assert.match(entry, /import\(["'`]\.\/widget\/attempt-[\w-]+\.js["'`]\)/);
  for (const name of (await readdir(join(outDir, 'widget'))).filter((file) => file.endsWith('.js'))) {
    const chunk = await readFile(join(outDir, 'widget', name), 'utf8');
    // If the page loads it from another address, such as widget.js?v=2, that would run the entry twice.
    assert.doesNotMatch(chunk, /\b(?:from|import)\s*\(?\s*["'`][^"'`]*widget\.js["'`]/, name);
    assert.doesNotMatch(chunk, /__vitePreload|__VITE_PRELOAD__/, name);
  }
  assert.doesNotMatch(entry, /\bjwtVerify\b|\beval\(|new Function|__vitePreload|__VITE_PRELOAD__/);
});

test('each literal that the server replaces with the operator’s brand is in the entry once', async () => {
  const entry = await readFile(join(outDir, 'widget.js'), 'utf8');
  const logo = /const PLATFORM_LOGO = '([^']+)'/.exec(
    await readFile(join(import.meta.dirname, '../signup-with-platform.ts'), 'utf8'),
  );
  for (const literal of ['`Platform`', `\`${logo?.[1]}\``, COLOR_ACCENT])
    assert.equal(entry.split(literal).length, 2, literal);
});

test('compact CSS has the same meaning', () => {
  assert.equal(
    compactCss(
      "a  b > c {\n  /* why */ color: light-dark(#ffffff, #10164f);\n  opacity: 0.5;\n}\n[part='x'] {width: calc(1px + 2px)}",
    ),
    'a b>c{color:light-dark(#fff,#10164f);opacity:.5}[part=x]{width:calc(1px + 2px)}',
  );
});
