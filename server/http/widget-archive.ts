import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import type { WidgetRelease } from './widget-release.ts';

/** A page that names a version keeps working through this many newer ones. */
const KEPT_VERSIONS = 50;

/**
 * Keeps what is served under a versioned address: pages go on naming it, with its integrity, after the platform has been updated.
 *
 * @param widgetDirectory where the build is
 * @param archive a directory with one entry for each version; processes may share it
 * @throws Error of the file system, when nothing can be kept
 */
export function keepRelease(release: WidgetRelease, widgetDirectory: string, archive: string): void {
  const kept = join(archive, release.version);
  if (existsSync(kept)) return;
  mkdirSync(archive, { recursive: true });
  const unfinished = mkdtempSync(join(archive, '.unfinished-'));
  try {
    cpSync(join(widgetDirectory, 'widget'), join(unfinished, 'widget'), {
      recursive: true,
      filter: (path) => !path.endsWith('.map'),
    });
    const { identity, br, gzip } = release.script;
    for (const [ending, bytes] of Object.entries({ '': identity, '.br': br, '.gz': gzip })) {
      writeFileSync(join(unfinished, `widget.js${ending}`), bytes);
    }
    renameSync(unfinished, kept);
  } catch (error) {
    rmSync(unfinished, { recursive: true, force: true });
    // Another process was faster.
    if (!existsSync(kept)) throw error;
  }
  forgetOldest(archive);
}

function forgetOldest(archive: string): void {
  const versions = readdirSync(archive)
    .filter((name) => !name.startsWith('.'))
    .map((name) => ({ path: join(archive, name), at: statSync(join(archive, name)).mtimeMs }));
  for (const { path } of versions.sort((a, b) => b.at - a.at).slice(KEPT_VERSIONS))
    rmSync(path, { recursive: true, force: true });
}
