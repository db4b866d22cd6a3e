import type { Brand } from '#brand/brand.ts';
import type { FieldCatalogue } from '#domain/claims/catalogue.ts';
import type { DocsSearch } from '#pages/docs-bar.ts';
import type { Operation } from '../operation.ts';

/** The platform that the page documents. */
export interface DocumentedPlatform {
  name: string;
  /** The page's look and support contact. Default: our own look. */
  brand?: Brand;
  /** The platform's origin. */
  publicUrl: string;
  quotaPerHour: number;
  /** Those of the operator are in the description of a user. */
  fields: FieldCatalogue;
  search?: DocsSearch | undefined;
}

/** A section of the page, whose heading can be linked to. */
export interface Section {
  /** The id, which is also the anchor. */
  id: string;
  title: unknown;
  /** A shorter title for the navigation. */
  shortTitle?: string;
  text: unknown;
  /** Examples, shown beside the text, or below it on a narrow screen. */
  aside?: unknown;
  method?: Operation['method'];
}

export interface Chapter {
  title: string;
  sections: readonly Section[];
}
