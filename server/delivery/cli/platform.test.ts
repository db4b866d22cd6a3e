import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { after, before, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { realmOf } from '@signup-with-platform/protocol';
import { createStorage } from '../../storage/index.ts';
import { createTestDatabase } from '../../storage/testing/engines.ts';
import { bareEnvironment } from '../../testing/bare-environment.ts';
import type { HttpBrowser } from '../../testing/http-journey.ts';
import { temporaryDirectory } from '../../testing/temporary-directory.ts';
import { SHOP_ORIGIN, startTestPlatform, type TestPlatform } from '../../testing/test-platform.ts';

const MAIN = fileURLToPath(new URL('./platform.ts', import.meta.url));

interface Run {
  code: number;
  stdout: string;
  stderr: string;
}

describe('npm run platform', () => {
  let platform: TestPlatform;
  before(async () => {
    platform = await startTestPlatform();
  });
  after(() => platform.close());

  /** Runs the command line in its own process, on the data of the running server. `␣` is a space within a word. */
  function run(words: string, env: Record<string, string> = { DATA_DIR: platform.dataDir }): Promise<Run> {
    const options = { env: bareEnvironment(env) };
    const argv = [MAIN, ...words.split(/ (?=[^ ])/).map((word) => word.replaceAll('␣', ' '))];
    return new Promise((resolve) => {
      const child = execFile(process.execPath, argv.filter(Boolean), options, (_error, stdout, stderr) =>
        resolve({ code: child.exitCode ?? -1, stdout, stderr }),
      );
    });
  }

  /** The line of JSON that a command prints. */
  async function json(words: string, env?: Record<string, string>): Promise<Record<string, unknown>> {
    const { code, stdout, stderr } = await run(`${words} --json`, env);
    assert.equal(code, 0, stderr);
    assert.equal(stderr, '');
    assert.match(stdout, /^\{.*\}\n$/, 'one line');
    return JSON.parse(stdout) as Record<string, unknown>;
  }

  const open = (browser: HttpBrowser, clientId: unknown) =>
    browser.openPopup({ client_id: String(clientId), origin: SHOP_ORIGIN, state: 's', nonce: 'n' });

  it('app create registers an app that works at once, and prints its secrets', async () => {
    for (const [environment, key] of [
      ['localhost', 'sk_test_'],
      ['production', 'sk_live_'],
    ] as const) {
      const app = await json(
        `app create --name My␣Shop --environment ${environment} --origin ${SHOP_ORIGIN} --origin http://localhost:4100 ` +
          `--redirect-uri ${SHOP_ORIGIN}/cb --post-logout-redirect-uri ${SHOP_ORIGIN}/out ` +
          `--post-logout-redirect-uri ${SHOP_ORIGIN}/bye --backchannel-logout-uri ${SHOP_ORIGIN}/logout --field email --field address:optional`,
      );
      assert.deepEqual(Object.keys(app), ['app_id', 'name', 'environment', 'client_id', 'client_secret', 'api_key']);
      assert.equal(app['name'], 'My Shop');
      assert.equal(app['environment'], environment);
      assert.match(String(app['client_id']), /^[A-Za-z\d]{32}$/);
      assert.match(String(app['client_secret']), /^[A-Za-z\d]{22,}$/);
      assert.match(String(app['api_key']), new RegExp(`^${key}[A-Za-z\\d]{22,}$`));
      const page = await open(platform.browser(), app['client_id']);
      assert.match(page.html, /My Shop/);
      const stored = await platform.storage.appEnvironments.findByClientId(String(app['client_id']));
      assert.equal(stored?.realm, realmOf(environment));
      assert.deepEqual(stored?.redirectUris, [`${SHOP_ORIGIN}/cb`]);
      assert.deepEqual(stored?.postLogoutRedirectUris, [`${SHOP_ORIGIN}/out`, `${SHOP_ORIGIN}/bye`]);
      assert.equal(stored?.backchannelLogoutUri, `${SHOP_ORIGIN}/logout`);
      assert.deepEqual(stored?.fields, [
        { field: 'email', required: true },
        { field: 'address', required: false },
      ]);
      assert.ok(!JSON.stringify(stored).includes(String(app['client_secret'])), 'only a hash is kept');
    }
  });

  it('app create registers a native app by its redirect URIs alone', async () => {
    const app = await json(
      'app create --name Till --environment production --native --redirect-uri http://127.0.0.1/cb --no-offline-access --device-flow --require-verified-email',
    );
    const stored = await platform.storage.appEnvironments.findByClientId(String(app['client_id']));
    assert.deepEqual([stored?.kind, stored?.offlineAccess, stored?.origins], ['native', false, []]);
    assert.deepEqual([stored?.deviceFlow, stored?.requireVerifiedEmail], [true, true]);
    const shown = await json(`app show ${app['app_id']}`);
    assert.deepEqual([shown['kind'], shown['offline_access'], shown['device_flow']], ['native', false, true]);
    for (const [words, message] of [
      ['--native', /--redirect-uri: is required/],
      ['--native --redirect-uri myapp:/cb', /com\.example\.app/],
      [`--native --redirect-uri http://127.0.0.1/cb --origin ${SHOP_ORIGIN}`, /--origin: a native app has no pages/],
      ['--redirect-uri com.example.app:/cb', /https/],
    ] as const) {
      const { code, stderr } = await run(`app create --name T --environment localhost ${words}`);
      assert.notEqual(code, 0);
      assert.match(stderr, message);
    }
  });

  it('app disable and app enable take effect at once, by the id of the app or of its client', async () => {
    const { appId, clientId } = await platform.createApp();
    const browser = platform.browser();
    assert.deepEqual(await json(`app disable ${clientId}`), { app_id: appId, disabled: true });
    assert.equal((await open(browser, clientId)).status, 403);
    const { stdout } = await run(`app enable ${appId}`);
    assert.equal(stdout, `app_id: ${appId}\ndisabled: false\n`, 'a line for each fact, without --json');
    assert.equal((await open(browser, clientId)).status, 200);
  });

  it('account create creates an account that can sign in at once, with all given values', async () => {
    const account = await json(
      'account create --realm sandbox --email ada@example.com --password an␣engine␣of␣difference --given-name Ada ' +
        '--family-name Byron --phone +44␣20␣7946␣0018 --locale en-GB --picture https://pictures.example/ada.png ' +
        '--address-street-address 12␣St␣James’s␣Square --address-postal-code SW1Y --address-locality London ' +
        '--address-region Westminster --address-country gb --verified',
    );
    assert.deepEqual(Object.keys(account), ['account_id']);
    const { clientId } = await platform.createApp();
    const browser = platform.browser();
    const first = await browser.openPopup({
      client_id: clientId,
      origin: SHOP_ORIGIN,
      state: 's',
      nonce: 'n',
      fields: 'name email phone_number address locale picture',
    });
    const consent = await browser.submit(first, '/sign-in', {
      email: 'ada@example.com',
      password: 'an engine of difference',
    });
    const { claims } = await browser.submit(consent, '/consent');
    assert.equal(claims['name'], 'Ada Byron');
    assert.equal(claims['email_verified'], true);
    assert.equal(claims['phone_number'], '+44 20 7946 0018');
    assert.equal(claims['locale'], 'en-GB');
    assert.equal(claims['picture'], 'https://pictures.example/ada.png');
    assert.deepEqual(claims['address'], {
      street_address: '12 St James’s Square',
      postal_code: 'SW1Y',
      locality: 'London',
      region: 'Westminster',
      country: 'GB',
    });
    assert.equal(await platform.storage.realm('production').accounts.find(String(account['account_id'])), undefined);
  });

  it('account create creates an unverified account by default, and none for an address that is taken', async () => {
    const { account_id: id } = await json(
      'account create --realm production --email eve@example.com --password an␣engine␣of␣difference',
    );
    assert.equal((await platform.storage.realm('production').accounts.find(String(id)))?.emailVerified, false);
    const again = await run(
      'account create --realm production --email EVE@example.com --password an␣engine␣of␣difference --json',
    );
    assert.deepEqual(again, {
      code: 2,
      stdout: '',
      stderr: 'An account with the address EVE@example.com already exists.\n',
    });
  });

  it('db migrate creates the schema, and prints the migrations', async () => {
    const env = { DATA_DIR: temporaryDirectory() };
    const { migrated } = await json('db migrate', env);
    assert.ok(Array.isArray(migrated) && migrated.includes('001-foundations'));
    assert.deepEqual(await run('db migrate', env), { code: 0, stdout: 'migrated: (none)\n', stderr: '' });
  });

  it('lists one line for each item, or all in one line of JSON; a noun with one verb works alone', async () => {
    const { account_id: id } = await json(
      'account create --realm sandbox --email grace@example.com --password an␣engine␣of␣difference',
    );
    await json(`account block ${id}`);
    const { entries } = await json(`audit --subject account:${id}`);
    assert.deepEqual(
      (entries as { act: string }[]).map(({ act }) => act),
      ['account.created', 'account.blocked'],
    );
    const { stdout } = await run(`audit list --subject account:${id} --act account.blocked`);
    assert.match(stdout, /^at=\S+Z act=account\.blocked actor=operator subject=account:\S+ realm=sandbox id=\S+\n$/);
  });

  it('works on PostgreSQL', async () => {
    const database = await createTestDatabase('PostgreSQL');
    const env = { DATABASE_URL: database.settings.databaseUrl ?? '' };
    const app = await json(`app create --name S --environment localhost --origin ${SHOP_ORIGIN}`, env);
    const stored = createStorage(database.open()).appEnvironments;
    assert.equal((await stored.findByClientId(String(app['client_id'])))?.appId, app['app_id']);
    await database.remove();
  });

  it('reports mistakes with exit code 2, on standard error, without a stack trace', async () => {
    const rows: [words: string, mentioned: RegExp][] = [
      ['', /Usage: npm run platform.*app create.*app disable ID.*account create.*db migrate/s],
      ['__proto__ constructor', /Usage: npm run platform/],
      [
        'app create --name S --colour red --json',
        /--colour: is not an option.*--environment: .*--origin: is required/s,
      ],
      ['app enable nobody', /^There is no app "nobody"\.\n$/],
    ];
    for (const [words, mentioned] of rows) {
      const { code, stdout, stderr } = await run(words);
      assert.equal(code, 2, words);
      assert.equal(stdout, '');
      assert.match(stderr, mentioned);
      assert.doesNotMatch(stderr, /^\s+at |\.ts:\d|Error:/m);
    }
  });

  it('prints how a command is used, or all of them, and does nothing else', async () => {
    for (const [words, printed] of [
      ['app create --help', /^Usage: npm run platform -- app create --name N .*\n$/],
      ['app disable -h', /^Usage: npm run platform -- app disable ID\n$/],
      ['--help', /^Usage: npm run platform -- <noun> <verb>[\s\S]+\n {2}app create /],
    ] as const) {
      const { code, stdout, stderr } = await run(words, { DATABASE_URL: 'postgres://127.0.0.1:1/none' });
      assert.deepEqual([code, stderr], [0, ''], words);
      assert.match(stdout, printed);
    }
  });

  it('names every invalid setting', async () => {
    const { code, stderr } = await run('db migrate', {
      PORT: 'many',
      DATABASE_URL: 'mysql://localhost/x',
      DATA_DIR: platform.dataDir,
    });
    assert.equal(code, 2);
    assert.match(stderr, /PORT: /);
    assert.match(stderr, /DATABASE_URL: /);
    assert.doesNotMatch(stderr, /^\s+at /m);
  });

  it('says that the database is unreachable, and does not print its password', async () => {
    const { code, stdout, stderr } = await run('db migrate --json', {
      DATABASE_URL: 'postgres://platform:s3cret@127.0.0.1:1/platform',
    });
    assert.deepEqual([code, stdout], [1, '']);
    assert.match(stderr, /^The database is unreachable: .*DATABASE_URL/);
    assert.doesNotMatch(stderr, /s3cret|^\s+at /m);
  });
});
