import { binOf, runNode } from './run.ts';

/** Builds what browsers load: the widget. The rest runs as it is written. */
export async function build(): Promise<void> {
  const { exitCode } = await runNode([
    binOf('vite/bin/vite.js'),
    'build',
    '--config',
    'widget/vite.config.ts',
    '--logLevel',
    'warn',
  ]);
  if (exitCode !== 0) throw new Error('The widget could not be built.');
}

if (import.meta.main) await build();
