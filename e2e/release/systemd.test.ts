import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { describe, it } from 'node:test';
import { promisify } from 'node:util';
import { codeBlocksOf } from '../../docs/site/code-blocks.ts';
import { pack } from '../../scripts/release/release.ts';
import { ROOT } from '../../scripts/run.ts';
import { freePort } from '../../server/testing/free-port.ts';
import { temporaryDirectory } from '../../server/testing/temporary-directory.ts';
import { networkSettings, npmPackageOf, quote } from './image-tree.ts';
import { nodeOfLine } from './installed-release.ts';
import { bootScriptOf, canBootSystemd, NAMESPACES } from './systemd-root.ts';

/** The lines of docs/operate.md that install a release with systemd and run its commands, under a systemd of its own. */

const TIMEOUT_MS = 300_000;
const [install = '', start = '', commands = ''] = codeBlocksOf(
  'operate',
  readFileSync(join(ROOT, 'docs/operate.md'), 'utf8'),
)
  .filter(({ key }) => key.startsWith('operate#with-systemd/'))
  .map(({ code }) => code);

/** Says when the server is ready, or that it is not after a while. */
const READY = (url: string) => `for (let attempt = 0; attempt < 300; attempt++) {
  const answer = await fetch(${JSON.stringify(url)}).catch(() => undefined);
  if (answer?.ok) { console.log('ready'); break; }
  await new Promise((resolve) => setTimeout(resolve, 100));
}`;

/** What systemd would take for variables, of which the server's settings are some. */
const NAME = `$5 of \${SMTP_URL} $PORT $$ 100%n`;

/** Each line as it is printed, and what it ended with. */
const oneByOne = (lines: string) =>
  lines
    .split('\n')
    .map((line) => `${line}\necho "ended with $?: "${quote(line)}`)
    .join('\n');

if (canBootSystemd()) {
  describe('with systemd', () => {
    it('installs, starts, and is operated by the lines that are printed', { timeout: TIMEOUT_MS }, async () => {
      const work = mkdtempSync(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'systemd-'));
      try {
        const { archive, name } = await pack(temporaryDirectory());
        mkdirSync(join(work, 'files'));
        cpSync(archive, join(work, 'files', basename(archive)));
        const port = await freePort();
        const settings = `PUBLIC_URL=https://id.example\nSMTP_URL=smtp://127.0.0.1:9\nPORT=${port}\nPLATFORM_NAME=Ada # & "Co"\n`;
        writeFileSync(join(work, 'files/ready.mjs'), READY(`http://127.0.0.1:${port}/readyz`));
        const trial = `
set -e
${install.replaceAll('signup-with-platform-1.0.0', name)}
printf %s ${quote(settings)} >> /etc/signup-with-platform.env
systemd-analyze verify /etc/systemd/system/signup-with-platform.service
set +e
${oneByOne(start)}
cd /trial && node ready.mjs
node -e 'fetch("http://127.0.0.1:${port}/account/sign-in").then((page) => page.text()).then((html) => console.log(/<title>.*<.title>/.exec(html)?.[0]))'
${oneByOne(commands)}
platform account list --json
platform app create --name ${quote(NAME)} --environment localhost --origin https://shop.example > /dev/null && platform app list --json
platform no-such-command > /dev/null 2>&1; echo "a mistake ends with $?"
stat --format='%U %a %n' /var/lib/signup-with-platform /var/lib/signup-with-platform/platform.sqlite /var/backups/platform/*
cd / && systemctl restart signup-with-platform && systemctl is-active signup-with-platform
systemctl show --property=User --property=DynamicUser signup-with-platform
ps -o user:32= -p "$(systemctl show --property=MainPID --value signup-with-platform)"`;
        const places = { work, node: await nodeOfLine(), npm: npmPackageOf() };
        writeFileSync(join(work, 'boot.sh'), bootScriptOf(places, trial, networkSettings()));
        await promisify(execFile)('unshare', [...NAMESPACES, 'bash', join(work, 'boot.sh')]);
        const output = readFileSync(join(work, 'upper/trial/output'), 'utf8');
        assert.match(output, /^ready$/m, output);
        assert.match(output, /<title>.*Ada # &amp; &quot;Co&quot;/, output);
        const ends = Object.fromEntries(
          [...output.matchAll(/^ended with (\d+): (\S+ \S+(?: \S+)?)/gm)].map(([, code, line = '']) => [line, code]),
        );
        const expected = {
          'systemctl enable --now': '0',
          'journalctl --unit=signup-with-platform': '0',
          'install -d -m': '0',
          // Nothing answers at https://id.example.
          'platform doctor --mail-to': '1',
          'platform db backup': '0',
          'platform signing-key rotate': '0',
        };
        assert.deepEqual(ends, expected, output);
        assert.match(output, /^ok +files: Only the server’s user/m, output);
        assert.match(output, /^\{"accounts":\[/m, output);
        assert.ok(output.includes(JSON.stringify(NAME)), output);
        assert.match(output, /^a mistake ends with 2$/m, output);
        assert.match(output, /^signup-with-platform 700 \/var\/lib\/signup-with-platform$/m, output);
        assert.match(output, /^signup-with-platform 600 \/var\/lib\/signup-with-platform\/platform\.sqlite$/m, output);
        assert.match(output, /^signup-with-platform 600 \/var\/backups\/platform\/\d{4}-\d\d-\d\d$/m, output);
        assert.match(output, /^active$/m, output);
        assert.match(output, /^DynamicUser=no$/m, output);
        assert.match(output, /^signup-with-platform$/m, output);
        assert.doesNotMatch(output, /signup-with-platform\.service:.*(?:unknown|ignor|deprecat)/i, output);
      } finally {
        rmSync(work, { recursive: true, force: true });
      }
    });
  });
} else {
  console.warn(
    'NOT RUN: systemd is booted on Linux only, by root, where systemd, D-Bus and cgroups of the second version are.',
  );
}
