import type { Brand } from '#brand/brand.ts';
import type { Operation } from '../operation.ts';

/** The platform that the page speaks of. */
export interface DocumentedPlatform {
  name: string;
  /** How the page looks, and whom it says to ask. Default: our own look. */
  brand?: Brand;
  /** Its origin. */
  publicUrl: string;
  quotaPerHour: number;
}

/** One part of the page, under a heading that can be linked to. */
export interface Section {
  /** Also the anchor. */
  id: string;
  title: unknown;
  /** In the navigation, when the title is too long for it. */
  shortTitle?: string;
  text: unknown;
  /** Examples beside the text, below it on a narrow screen. */
  aside?: unknown;
  method?: Operation['method'];
}

export interface Chapter {
  title: string;
  sections: readonly Section[];
}
