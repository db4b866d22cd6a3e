import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { accountBlock, accountCreate, accountDelete, accountList, accountUnblock, accountVerify } from './account.ts';
import { appCreate } from './app.ts';
import { appSet } from './app-set.ts';
import { appDisable } from './app-switch.ts';
import { audit, auditList } from './audit.ts';
import { type Command, type CommandContext, UsageError } from './command.ts';
import { COMMANDS } from './commands.ts';
import { dbBackup } from './db.ts';
import { keyCreate, keyList, keyRevoke, keyRotate } from './key.ts';
import { secretRotate } from './secret.ts';
import { signingKeyList, signingKeyRotate } from './signing-key.ts';

/** A mistake is reported before anything is read or written. */
const UNTOUCHED = new Proxy({} as CommandContext, {
  get: (_target, name) => {
    if (name === 'storage') return undefined;
    if (name === 'config') return { platformName: 'Acme', publicUrl: 'https://id.example', ownFields: [] };
    throw new Error(`${String(name)} was touched`);
  },
});

const ORIGIN = 'https://shop.example';
const PASSWORD = 'an engine of difference';
const shop = ['--name', 'Shop', '--environment', 'production'];
const ada = ['--realm', 'sandbox', '--email', 'ada@example.com'];

const rows: [command: Command, words: string[], named: RegExp[]][] = [
  [appCreate, [], [/--name: is required/, /--environment: is required/, /--origin: is required/]],
  [
    appCreate,
    ['--name', ' ', '--environment', 'staging', '--origin', '*'],
    [/--name: /, /--environment: /, /--origin: "\*" is not an origin/],
  ],
  [
    appCreate,
    ['--origin', "http://x'+pwned+'.localhost:3000", '--redirect-uri', 'https://$(pwned).example/cb'],
    [/--origin: .* has a host that no name is/, /--redirect-uri: .* has a host that no name is/],
  ],
  [appCreate, [...shop, '--name', 'Shop ✔'], [/--name: has a sign that people take for a proof/]],
  [appCreate, [...shop, '--name', 'Асme'], [/--name: has a word with letters/]],
  [appCreate, [...shop, '--name', 'ACME Support'], [/--name: reads like the platform's own name/]],
  [appCreate, [...shop, '--origin', 'http://shop.example'], [/--origin: .*must begin with https/]],
  ...['redirect-uri', 'post-logout-redirect-uri', 'home-page-uri', 'terms-uri'].map(
    (name): [Command, string[], RegExp[]] => [
      appCreate,
      [...shop, '--origin', ORIGIN, `--${name}`, 'https://ID.example/authorize?client_id=a'],
      [new RegExp(`--${name}: .*is the platform's own`)],
    ],
  ),
  [appCreate, [...shop, '--origin', ORIGIN, '--origin', `${ORIGIN}/`], [/--origin: .*Use "https:\/\/shop\.example"/]],
  [
    appCreate,
    [
      ...shop,
      '--origin',
      'null',
      '--redirect-uri',
      ORIGIN,
      '--field',
      'shoe_size',
      '--logo-uri',
      'javascript:alert(1)',
      '--signup-key',
      'k',
      '--colour',
      'red',
    ],
    [
      /--origin: /,
      /--redirect-uri: .*names a page/,
      /--field: "shoe_size"/,
      /--logo-uri: /,
      /--colour: is not an option/,
    ],
  ],
  [
    appCreate,
    [...shop, '--origin', ORIGIN, '--field', 'email:sometimes', '--field', '__proto__'],
    [/"email:sometimes"/, /"__proto__"/],
  ],
  [
    appCreate,
    [...shop, '--origin', ORIGIN, '--signup-endpoint', `${ORIGIN}/signup`],
    [/--signup-endpoint and --signup-key go together/],
  ],
  [appCreate, [...shop, '--origin', ORIGIN, '--id-token-alg', 'none'], [/--id-token-alg: /]],
  [
    appSet,
    ['some-app', '--id-token-alg', 'rs256', '--colour', 'x'],
    [/--id-token-alg: /, /--colour: is not an option/],
  ],
  [
    appSet,
    ['some-app', '--device-flow', '--no-device-flow', '--owner', 'ada@example.com'],
    [/--device-flow: contradicts --no-device-flow/],
  ],
  [appSet, ['some-app', '--owner', 'nobody'], [/--owner: must be an email address/]],
  [appSet, ['some-app', '--offline-access=off'], [/--offline-access: takes no value/]],
  [appCreate, [...shop, '--origin', ORIGIN, '--signup-key', 'k'], [/--signup-endpoint: is required/]],
  [accountCreate, [], [/--realm: is required/, /--email: is required/, /--password: is required/]],
  [
    accountCreate,
    [
      '--realm',
      'test',
      '--email',
      'x',
      '--password',
      'short',
      '--given-name',
      '<b>',
      '--phone',
      'abc',
      '--address-country',
      'Nederland',
      '--picture',
      'http://x.example',
      '--locale',
      'x_y',
    ],
    [
      /--realm: /,
      /--email: /,
      /--password: must have 8 to 128 characters/,
      /--given-name: /,
      /--phone: /,
      /--address-country: /,
      /--picture: /,
      /--locale: /,
    ],
  ],
  [accountCreate, [...ada, '--password', '🔐🔐🔐🔐'], [/--password: must have 8/]],
  [accountCreate, [...ada, '--password', 'x'.repeat(129)], [/--password: must have 8 to 128/]],
  [accountCreate, [...ada, '--password', PASSWORD, '--verified=yes'], [/--verified: takes no value/]],
  [appDisable, [], [/Usage: app disable ID/]],
  [appDisable, ['a', 'b'], [/Usage: app disable ID/]],
  [keyList, ['--client-id', 'a b', 'x'], [/--client-id: not a client_id/, /"x": belongs to no option/]],
  [keyCreate, ['--read-only=yes'], [/--client-id: is required/, /--name: is required/, /--read-only: takes no value/]],
  [
    keyCreate,
    ['--client-id', 'A1', '--name', 'x', '--address-range', 'office', '--expires-in-days', '0'],
    [/--address-range: "office" is not a network address/, /--expires-in-days: /],
  ],
  [
    keyCreate,
    ['--client-id', 'A1', '--name', 'x', '--address-range', '10.0.0.1/8'],
    [/--address-range: .*Use "10\.0\.0\.0\/8"/],
  ],
  [keyRotate, [], [/Name the key/]],
  [keyRotate, ['--client-id', 'A1', '--grace', '2h'], [/--grace: one of now, 1h, 24h, 7d/]],
  [keyRotate, ['-id', '--client-id=A1'], [/Name the key/]],
  [keyRotate, ['id', 'another'], [/"another": belongs to no option/]],
  [keyRevoke, [], []],
  [secretRotate, ['--grace', 'never'], [/--client-id: is required/, /--grace: /]],
  [accountList, ['--realm', 'test', '--name', 'Ada'], [/--realm: /, /--name: is not an option/]],
  [accountBlock, [], []],
  [accountUnblock, ['a', 'b'], []],
  [accountVerify, [''], []],
  [accountDelete, ['a'], [/--yes/]],
  [accountDelete, ['--yes'], []],
  [signingKeyRotate, ['--now'], [/--realm: is required/]],
  [signingKeyRotate, ['--realm', 'all', '--now=yes'], [/--realm: /, /--now: takes no value/]],
  [signingKeyList, ['production'], [/"production": belongs to no option/, /--realm: is required/]],
  [audit, ['--since', 'x', '--limit', '-1'], [/--since: "x" is neither/, /--limit: needs a value/]],
  [auditList, ['--since', '2026-13-45', '--actor'], [/--since: /, /--actor: needs a value/]],
  [dbBackup, [], []],
  [dbBackup, ['a', 'b'], []],
];

describe('a mistake on the command line', () => {
  for (const [command, words, named] of rows) {
    it(`${command.name} ${words.join(' ').slice(0, 100)}`, async () => {
      await assert.rejects(
        async () => command.run(words, UNTOUCHED),
        (error: unknown) => {
          assert.ok(error instanceof UsageError, String(error));
          for (const pattern of named) assert.match(error.message, pattern);
          assert.match(error.message, new RegExp(`Usage: ${command.name}`));
          return true;
        },
      );
    });
  }
});

describe('an option that no command has', () => {
  for (const command of COMMANDS) {
    it(`is named by ${command.name}, with those that it has`, async () => {
      for (const words of [['--foo'], ['an-id', '--foo'], ['an-id', '--foo=bar'], ['--foo', 'an-id']]) {
        await assert.rejects(
          async () => command.run(words, UNTOUCHED),
          (error: unknown) => {
            assert.ok(error instanceof UsageError, String(error));
            const [line = ''] = error.message.split('\n').filter((each) => each.startsWith('  --foo: '));
            assert.match(
              line,
              /is not an option of this command \(its options: (?:--[a-z-]+, )*--json\)/,
              error.message,
            );
            assert.match(error.message, new RegExp(`Usage: ${command.name}`));
            return true;
          },
        );
      }
    });
  }
});
