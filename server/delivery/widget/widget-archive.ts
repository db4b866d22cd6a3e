import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import type { WidgetRelease } from './widget-release.ts';

/** How many versions are kept. A page that names a version keeps working until that many newer ones were served. */
const KEPT_VERSIONS = 50;
const ABANDONED_AFTER_MS = 60 * 60 * 1000;

/**
 * Keeps a copy of the files that are served at a versioned address, because pages still name that version, with its integrity hash, after
 * the platform has been updated.
 *
 * @param widgetDirectory the directory of the build
 * @param archive a directory with one entry for each version; processes may share it
 * @throws Error of the file system, when the copy cannot be written
 */
export function keepRelease(release: WidgetRelease, widgetDirectory: string, archive: string): void {
  const kept = join(archive, release.version);
  if (existsSync(kept)) {
    // An old version may be served again, for example after a rollback. The newest is the one that was served last.
    const now = new Date();
    utimesSync(kept, now, now);
    return;
  }
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
    // Another process may have written the copy at the same time.
    if (!existsSync(kept)) throw error;
  }
  forgetOldest(archive);
}

function forgetOldest(archive: string): void {
  const entries = readdirSync(archive).map((name) => {
    const path = join(archive, name);
    return { path, isUnfinished: name.startsWith('.'), atMs: statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0 };
  });
  const versions = entries.filter(({ isUnfinished }) => !isUnfinished).sort((a, b) => b.atMs - a.atMs);
  // Left behind by a process that was killed.
  const abandoned = entries.filter(({ isUnfinished, atMs }) => isUnfinished && atMs < Date.now() - ABANDONED_AFTER_MS);
  for (const { path } of [...versions.slice(KEPT_VERSIONS), ...abandoned])
    rmSync(path, { recursive: true, force: true });
}
