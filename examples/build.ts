import { copyFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';

const EXAMPLES = fileURLToPath(new URL('.', import.meta.url));

export const EXAMPLE_NAMES = ['plain', 'react', 'vue', 'svelte', 'angular', 'ssr'] as const;

/** Builds each example into a folder of its own in `dist`. */
export async function buildExamples(): Promise<void> {
  for (const mode of EXAMPLE_NAMES) await build({ configFile: `${EXAMPLES}vite.config.ts`, mode, logLevel: 'warn' });
  copyFileSync(`${EXAMPLES}page.css`, `${EXAMPLES}dist/ssr/page.css`);
}

if (import.meta.main) await buildExamples();
