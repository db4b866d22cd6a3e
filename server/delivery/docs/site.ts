import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { DocsSearch } from '#pages/docs-bar.ts';
import { installedPath } from '../../../process/installation.ts';

/** What `npm run build` makes of docs/. */
export const SITE_DIRECTORY = installedPath('docs/dist/');

const siteSchema = z.object({
  version: z.string(),
  platformPlaceholder: z.string(),
  chapters: z.array(
    z.object({
      title: z.string(),
      audience: z.enum(['vendors', 'operators']),
      items: z.array(z.object({ label: z.string(), href: z.string(), slug: z.string().optional() })),
    }),
  ),
  pages: z.record(
    z.string(),
    z.object({
      title: z.string(),
      description: z.string(),
      headings: z.array(z.object({ id: z.string(), text: z.string(), level: z.number() })),
    }),
  ),
  assets: z.object({ script: z.string(), search: z.string() }),
});

export interface Site extends z.infer<typeof siteSchema> {
  /** Reads a file of the site, which is there since the site was built. */
  read(file: string): string;
}

/** What every page with the documentation's bar needs to search. */
export function searchOf({ assets }: Site): DocsSearch {
  return { script: `/docs/assets/${assets.script}`, index: `/docs/assets/${assets.search}` };
}

/** @returns undefined when the documentation has not been built */
export function readSite(directory: string = SITE_DIRECTORY): Site | undefined {
  const file = join(directory, 'site.json');
  if (!existsSync(file)) return undefined;
  const site = siteSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
  return { ...site, read: (name) => readFileSync(join(directory, name), 'utf8') };
}
