import { translations } from '#portal/translations.ts';
import { ar } from './strings/ar.ts';
import { de } from './strings/de.ts';
import { en, type Strings } from './strings/en.ts';
import { es } from './strings/es.ts';
import { fr } from './strings/fr.ts';
import { nl } from './strings/nl.ts';

export type EventStrings = Strings;

export const eventStrings = translations({ en, nl, de, fr, es, ar });
