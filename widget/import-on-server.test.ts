import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { test } from 'node:test';
import { promisify } from 'node:util';

const run = promisify(execFile);
const node = (code: string) =>
  run(process.execPath, ['--input-type=module', '--eval', code], { cwd: import.meta.dirname });

test('importing the package on a server has no side effect', async () => {
  const { stdout } = await node(`
    const before = Object.keys(globalThis).filter((name) => name === 'window' || name === 'document');
    const { SignupWithPlatform } = await import('./index.ts');
    console.log(typeof SignupWithPlatform, before.length, 'window' in globalThis, 'document' in globalThis);`);
  assert.equal(stdout.trim(), 'function 0 false false');
});

test('the class and its registration can be loaded separately, and twice', async () => {
  const { stdout } = await node(`
    const { SignupWithPlatform } = await import('./signup-with-platform.ts');
    console.log(customElements.get('signup-with-platform') === undefined);
    await import('./signup-with-platform.define.ts');
    await import('./signup-with-platform.define.ts?again');
    console.log(customElements.get('signup-with-platform') === SignupWithPlatform);`);
  assert.equal(stdout.trim(), 'true\ntrue');
});
