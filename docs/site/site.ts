import type { Audience, Entry } from './contents.ts';

/** `docs/dist/site.json`: what the server has to know of the pages, which lie beside it. */
export interface Site {
  version: string;
  /** What stands for the address of the platform in every file of the site. */
  platformPlaceholder: string;
  chapters: { title: string; audience: Audience; items: { label: string; href: string; slug?: string }[] }[];
  pages: Record<
    string,
    { title: string; description: string; headings: { id: string; text: string; level: number }[] }
  >;
  /** Names in the folder `assets`, which change with the content. */
  assets: { script: string; search: string };
}

/** An entry whose file is there. */
export interface Source extends Entry {
  text: string;
}
