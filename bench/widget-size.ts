import { sizesAfterClick, sizesBeforeClick, sumOf } from 'signup-with-platform/size';
import { type Findings, judge } from './report.ts';

/** The size of `/widget.js` with everything it imports statically, including Lit, as a browser gets it, and of what follows a click. */
export async function widgetSize(): Promise<Findings> {
  return {
    verdicts: [
      judge('widget-before', sumOf(await sizesBeforeClick()), 'brotli'),
      judge('widget-after', sumOf(await sizesAfterClick()), 'brotli'),
    ],
  };
}
