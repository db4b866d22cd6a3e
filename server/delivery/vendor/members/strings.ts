import { translations } from '#portal/translations.ts';
import { ar } from './strings/ar.ts';
import { de } from './strings/de.ts';
import { en } from './strings/en.ts';
import { es } from './strings/es.ts';
import { fr } from './strings/fr.ts';
import { nl } from './strings/nl.ts';

/** What the pages about the members of an app say, and those about invitations to it. */
export const membersStrings = translations({ en, nl, de, fr, es, ar });
