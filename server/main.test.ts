import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { bareEnvironment } from './testing/bare-environment.ts';
import { PlatformProcess } from './testing/platform-process.ts';
import { temporaryDirectory } from './testing/temporary-directory.ts';

const MAIN = fileURLToPath(new URL('./main.ts', import.meta.url));

/** Starts the server with settings that cannot work. */
function run(env: Record<string, string>): Promise<{ status: number | null; message: string }> {
  return new Promise((resolve) => {
    const child = execFile(process.execPath, [MAIN], { env: bareEnvironment(env) }, (_error, _stdout, stderr) =>
      resolve({ status: child.exitCode, message: stderr }),
    );
  });
}

describe('the server process', () => {
  it('names every invalid setting, and prints no secret that their values contain', async () => {
    const { status, message } = await run({
      PORT: '70000',
      DEMO_PORT: 'x',
      PUBLIC_URL: 'https://id.example/path',
      DATABASE_URL: 'mysql://root:s3cret@db',
      SMTP_URL: 'http://user:s3cret@mail',
      LOG_LEVEL: 'loud',
      NODE_ENV: 'staging',
      PLATFORM_NAME: 'x'.repeat(61),
      TRUST_PROXY: 'true',
      HOST: 'http://localhost',
    });
    assert.equal(status, 1);
    assert.match(message, /^Invalid settings\. Fix these environment variables:\n/);
    for (const name of [
      'PORT',
      'DEMO_PORT',
      'PUBLIC_URL',
      'DATABASE_URL',
      'SMTP_URL',
      'LOG_LEVEL',
      'NODE_ENV',
      'PLATFORM_NAME',
      'TRUST_PROXY',
      'HOST',
    ])
      assert.match(message, new RegExp(`^  ${name}: .+ Got .+ Example: ${name}=.+$`, 'm'));
    assert.doesNotMatch(message, /s3cret|^\s+at /m);
  });

  it('does not start in production without an https address', async () => {
    const { status, message } = await run({ NODE_ENV: 'production' });
    assert.equal(status, 1);
    assert.match(message, /^ {2}PUBLIC_URL: required in production/m);
  });

  it('says which directory it cannot use', async () => {
    const { status, message } = await run({ PORT: '0', DATA_DIR: MAIN });
    assert.equal(status, 1);
    assert.match(message, /^The data directory is not usable: .*Set DATA_DIR/);
    assert.doesNotMatch(message, /^\s+at /m);
  });

  it('says which address it cannot listen on', async () => {
    // Of the documentation (RFC 5737), and a name that nobody has (RFC 6761).
    for (const HOST of ['192.0.2.1', 'no-such-host.invalid']) {
      const { status, message } = await run({ PORT: '0', HOST, DATA_DIR: temporaryDirectory() });
      assert.equal(status, 1);
      assert.match(message, /^The address cannot be listened on: .*Set HOST/m);
      assert.doesNotMatch(message, /^\s+at /m);
    }
  });

  it('names a variable that looks like a setting, and starts', async (test) => {
    const platform = await PlatformProcess.start({ DATA_DIR: temporaryDirectory(), PUBLICURL: 'https://id.example' });
    test.after(() => platform.kill());
    assert.match(platform.output, /^The environment variable PUBLICURL is unknown .+ Is PUBLIC_URL meant\?$/m);
    assert.match(platform.output, /"level":40,.*PUBLICURL is unknown and has no effect\. Is PUBLIC_URL meant\?/);
  });

  it('says when the port is in use; exits with 0 after SIGTERM; logs no query string', async () => {
    const platform = await PlatformProcess.start({ DATA_DIR: temporaryDirectory() });
    const { port } = new URL(platform.url);
    const { status, message } = await run({ PORT: port, DATA_DIR: temporaryDirectory(), SMTP_UR: 'smtp://mail' });
    assert.equal(status, 1);
    const [hint, line, ...others] = message.trimEnd().split('\n');
    assert.equal(hint, 'The environment variable SMTP_UR is unknown and has no effect. Is SMTP_URL meant?');
    const said = new RegExp(
      `^Port ${port} is in use by another program\\..+ set PORT to another port, such as PORT=\\d+\\.$`,
    );
    assert.match(line ?? '', said);
    assert.deepEqual(others, []);

    const query = '?code=s3cret&state=s3cret&client_id=s3cret';
    for (const path of ['/popup', '/confirm-email', '/no-such-page', '/authorize', '/%zz'])
      await fetch(`${platform.url}${path}${query}`, {
        headers: { cookie: 'sandbox-session=s3cret', authorization: 'Basic s3cret' },
      });
    assert.equal(await platform.stop(), 0);
    assert.match(platform.output, /"path":"\/popup"/);
    assert.doesNotMatch(platform.output, /s3cret/);
    assert.match(platform.output, /SIGTERM: finishing open requests/);
  });
});
