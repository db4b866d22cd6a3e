import { html } from '@lit-labs/ssr';

/** The light frame that readers need (ISO/IEC 18004 section 6.3.8), in modules. */
const QUIET_ZONE = 4;

/**
 * A QR code as a picture within the page, so that what is in it goes nowhere else. It is dark on light in any colour scheme, because several
 * readers know no other.
 * @param label what it is, for whoever does not see it; the same has to stand beside it as text
 */
export async function qrCode(text: string, label: string): Promise<unknown> {
  const { encode } = await import('uqr');
  const { data, size } = encode(text, { ecc: 'M', border: 0 });
  const edge = size + 2 * QUIET_ZONE;
  const path = data.map((row, y) => rowPath(row, y + QUIET_ZONE)).join('');
  return html`<svg class="qr-code" role="img" aria-label=${label} viewBox="0 0 ${edge} ${edge}" width="200" height="200"
 shape-rendering="crispEdges"><rect width=${edge} height=${edge} fill="#fff"/><path d=${path} fill="#000"/></svg>`;
}

/** A rectangle for each run of dark modules. */
function rowPath(row: readonly boolean[], y: number): string {
  let path = '';
  for (let x = 0; x < row.length; x += 1) {
    if (!row[x]) continue;
    const start = x;
    while (row[x]) x += 1;
    path += `M${start + QUIET_ZONE} ${y}h${x - start}v1h${start - x}z`;
  }
  return path;
}
