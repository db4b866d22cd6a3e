import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { bareEnvironment } from '#testing/bare-environment.ts';
import { startTestPlatform, type TestPlatform, temporaryDirectory } from '#testing/test-platform.ts';
import { UsageError } from '../command.ts';
import { doctor, textOf } from './doctor.ts';
import { notChecked, ok, problem, SUBJECTS } from './finding.ts';

const MAIN = fileURLToPath(new URL('../platform.ts', import.meta.url));
const findingsSchema = z.array(
  z.strictObject({
    code: z.enum(SUBJECTS),
    level: z.enum(['ok', 'warning', 'problem', 'not_checked']),
    message: z.string().min(1),
    advice: z.string().min(1).optional(),
  }),
);

describe('npm run platform -- doctor', () => {
  let platform: TestPlatform;
  before(async () => {
    platform = await startTestPlatform();
  });
  after(() => platform.close());

  function run(words: string, env: Record<string, string>): Promise<{ code: number; stdout: string; stderr: string }> {
    return new Promise((resolve) => {
      const argv = [MAIN, 'doctor', ...words.split(' ').filter(Boolean)];
      const child = execFile(process.execPath, argv, { env: bareEnvironment(env) }, (_error, stdout, stderr) =>
        resolve({ code: child.exitCode ?? -1, stdout, stderr }),
      );
    });
  }

  it('prints an array with a finding of each subject, and fails on a developer’s machine', async () => {
    const env = { DATA_DIR: platform.dataDir, PUBLIC_URL: platform.url, TRUST_PROXY: '' };
    const { code, stdout, stderr } = await run('--json', env);
    assert.equal(stderr, '');
    const found = findingsSchema.parse(JSON.parse(stdout));
    assert.deepEqual(
      found.map((finding) => finding.code),
      SUBJECTS,
    );
    assert.equal(code, 1);
    const levelOf = (name: string) => found.find((finding) => finding.code === name)?.level;
    const levels = ['public_url', 'server', 'database', 'metrics'].map(levelOf);
    assert.deepEqual(levels, ['problem', 'ok', 'ok', 'ok']);
  });

  it('says that there is no database, and makes none', async () => {
    const dataDir = join(temporaryDirectory(), 'data');
    const { code, stdout } = await run('', { DATA_DIR: dataDir, PORT: '9' });
    assert.equal(code, 1);
    assert.match(stdout, /PROBLEM {6}database: There is no database: .*platform\.sqlite does not exist/);
    assert.match(stdout, /\nNot fit for production: \d+ problems/);
    assert.ok(!existsSync(dataDir));
  });

  it('says what is wrong with the settings, and looks at nothing else', async () => {
    const { code, stdout } = await run('--json', { PUBLIC_URL: 'http://id.example.com' });
    const [first, ...others] = findingsSchema.parse(JSON.parse(stdout));
    assert.equal(code, 1);
    assert.match(first?.message ?? '', /PUBLIC_URL.*must be https/s);
    assert.ok(others.every(({ level }) => level === 'not_checked'));
  });
});

describe('the words after doctor', () => {
  for (const words of [['--mail-to', 'nobody'], ['--mail-to'], ['--fix'], ['now']]) {
    it(`are not ${words.join(' ')}`, () =>
      assert.rejects(doctor.runBare(words, {}), (error: unknown) => {
        assert.ok(error instanceof UsageError);
        assert.match(error.message, /Usage: doctor \[--mail-to ADDRESS\]/);
        return true;
      }));
  }
});

describe('the text of findings', () => {
  it('has what to do below what is the case, and one paragraph for what was not looked at for one reason', () => {
    const reason = 'The server was not reached.';
    const text = textOf([
      ok('settings', 'Every setting is understood.'),
      problem('server', 'Nobody answers.', 'Start it.'),
      notChecked('hsts', reason),
      notChecked('caching', reason),
    ]);
    assert.equal(
      text,
      [
        'ok           settings: Every setting is understood.',
        'PROBLEM      server: Nobody answers.',
        '             → Start it.',
        'not checked  hsts, caching: The server was not reached.',
        '',
        'Not fit for production: 1 problem, 0 warnings, 1 ok, 2 not checked.',
      ].join('\n'),
    );
  });
});
