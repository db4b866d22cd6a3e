import { inlineScript } from './inline.ts';
import { carryEmail } from './scripts/carry-email.ts';

/** For every page with an address to type before somebody is signed in. */
export const carryEmailScript = inlineScript(carryEmail);
