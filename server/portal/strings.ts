import { ar } from './strings/ar.ts';
import { de } from './strings/de.ts';
import { en } from './strings/en.ts';
import { es } from './strings/es.ts';
import { fr } from './strings/fr.ts';
import { nl } from './strings/nl.ts';
import { translations } from './translations.ts';

/** What every page of the portal says. */
export const portalStrings = translations({ en, nl, de, fr, es, ar });
