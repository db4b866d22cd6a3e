import { inlineScriptWithData } from './inline.ts';
import { goAway } from './scripts/go-away.ts';

/** For a page that leads to another login. */
export const goAwayScript = inlineScriptWithData(goAway);
