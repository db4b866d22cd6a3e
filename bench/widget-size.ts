import {
  LATER_BUDGET_BYTES,
  SIZE_BUDGET_BYTES,
  sizesAfterClick,
  sizesBeforeClick,
  sumOf,
} from 'signup-with-platform/size';
import type { Row } from './report.ts';

/** The size of `/widget.js` with everything it imports statically, including Lit, as a browser gets it. */
export async function widgetSize(): Promise<Row[]> {
  const bytes = sumOf(await sizesBeforeClick());
  const later = sumOf(await sizesAfterClick());
  return [
    {
      what: '/widget.js, everything a page loads before the click',
      measured: `${bytes} B brotli`,
      bar: `≤ ${SIZE_BUDGET_BYTES} B`,
      met: bytes <= SIZE_BUDGET_BYTES,
    },
    {
      what: '/widget/…, everything it loads after a click',
      measured: `${later} B brotli`,
      bar: `≤ ${LATER_BUDGET_BYTES} B`,
      met: later <= LATER_BUDGET_BYTES,
    },
  ];
}
