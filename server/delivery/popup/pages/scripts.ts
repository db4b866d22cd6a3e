import { inlineScript } from '#pages/inline.ts';
import { carryEmail } from './scripts/carry-email.ts';

/** For every page of the popup with an address to type. */
export const carryEmailScript = inlineScript(carryEmail);
