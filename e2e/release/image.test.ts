import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { promisify } from 'node:util';
import { ALLOCATOR, NODE_FLAGS } from '../../scripts/release/release.ts';
import { ROOT } from '../../scripts/run.ts';
import { freePort } from '../../server/testing/free-port.ts';
import { readDockerfile } from './dockerfile.ts';
import { canBuildImageTree, npmPackageOf, quote, scriptOf } from './image-tree.ts';

/** The image, built by the Dockerfile's own commands, but by no container engine: where there is one, `docker build` is the better test. */

const MAX_ADDED_KB = 120 * 1024;
const read = (name: string) => readFileSync(join(ROOT, name), 'utf8');
const stages = readDockerfile(read('Dockerfile'));
const image = stages.at(-1);
const wordsOf = (kind: 'cmd' | 'healthcheck') =>
  (image?.steps ?? []).flatMap((step) => (step.kind === kind && 'words' in step ? step.words : []));

describe('the image', () => {
  it('is of official Node by tag, and runs as somebody without rights', () => {
    assert.match(read('Dockerfile'), /^ARG NODE_IMAGE=node:\d+-\w+-slim(@sha256:[0-9a-f]{64})?$/m);
    assert.deepEqual(
      image?.steps.findLast((step) => step.kind === 'user'),
      { kind: 'user', name: 'node' },
    );
  });

  it('is started by systemd and npm with the same settings of memory', () => {
    const settings = Object.entries(ALLOCATOR).map(([name, value]) => `${name}=${value}`);
    for (const place of ['Dockerfile', 'deploy/signup-with-platform.service'])
      for (const setting of [...settings, ...NODE_FLAGS]) assert.ok(read(place).includes(setting), place);
  });
});

if (canBuildImageTree()) {
  describe('its file tree', () => {
    it('starts in a read-only root, is healthy, has what backups need, and adds at most 120 MB', async () => {
      const work = mkdtempSync(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'image-'));
      const port = await freePort();
      const node = realpathSync(process.execPath);
      const npm = npmPackageOf();
      const words = (list: readonly string[]) => list.map(quote).join(' ');
      const trial = `
extra=(PORT=${port} PUBLIC_URL=https://id.example SMTP_URL=smtp://127.0.0.1:9)
in_image id -u
in_image sh -c 'touch /app/x || touch /x || echo "the root is read-only"' 2>/dev/null
in_image pg_dump --version
in_image pg_restore --version
in_image ${words(wordsOf('cmd'))} > "$work"/log 2>&1 & server=$!
# The function's shell waits for the program, so that the program is its child.
end() { kill -TERM $(cat /proc/$server/task/$server/children); }
trap 'end 2>/dev/null || true' EXIT
for _ in $(seq 600); do in_image ${words(wordsOf('healthcheck'))} && break; kill -0 $server || break; sleep 0.1; done
in_image ${words(wordsOf('healthcheck'))} && echo healthy
in_image node platform.js account list --json
echo "added $(( $(du -sk "$layer" | cut -f1) - $(cat "$work"/${stages.length - 1}/base) )) kB"
end
wait $server && echo "ended in order"
cat "$work"/log`;
      try {
        const script = join(work, 'build.sh');
        writeFileSync(script, scriptOf(stages, { work, node, npm }, trial));
        const options = { maxBuffer: 64 * 1024 * 1024 };
        const { stdout } = await promisify(execFile)('unshare', ['--mount', 'bash', script], options);
        for (const expected of [
          /^1000$/m,
          /^the root is read-only$/m,
          /^pg_dump \(PostgreSQL\)/m,
          /^pg_restore \(/m,
          /^healthy$/m,
        ])
          assert.match(stdout, expected);
        assert.match(stdout, /^\{"accounts":\[/m);
        assert.match(stdout, /^ended in order$/m);
        assert.doesNotMatch(stdout, /"level":[4-6]0|warning/i);
        const added = Number(/^added (\d+) kB$/m.exec(stdout)?.[1]);
        assert.ok(added > 0 && added < MAX_ADDED_KB, `${added} kB`);
      } finally {
        rmSync(work, { recursive: true, force: true });
      }
    });
  });
} else {
  console.warn('NOT RUN: the image’s file tree is built on Linux only, by root.');
}
