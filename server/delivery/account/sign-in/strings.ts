import { translations } from '#portal/translations.ts';
import { ar } from './strings/ar.ts';
import { de } from './strings/de.ts';
import { en } from './strings/en.ts';
import { es } from './strings/es.ts';
import { fr } from './strings/fr.ts';
import { nl } from './strings/nl.ts';

export const signInStrings = translations({ en, nl, de, fr, es, ar });
