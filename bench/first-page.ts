import { request } from 'node:http';
import { withPlatform } from './platform.ts';
import type { Row } from './report.ts';

/** Ten segments of 1 460 bytes, which a server may send before the first acknowledgement (RFC 6928). */
const FIRST_FLIGHT_BYTES = 14_000;

/** The bytes of the popup's first page, with its headers, in each realm. The page loads nothing else. */
export async function firstPage(): Promise<Row[]> {
  return withPlatform(async (platform) => {
    const rows: Row[] = [];
    for (const [name, environment] of [
      ['production', 'production'],
      ['sandbox', 'localhost'],
    ] as const) {
      const origin = 'https://shop.example';
      const query = new URLSearchParams({
        client_id: await platform.createApp(origin, environment),
        origin,
        state: 'a-state-of-usual-length',
        nonce: 'a-nonce-of-usual-length',
      });
      const { bytes, text, status } = await wireBytes(new URL(`/popup?${query}`, platform.url));
      const further = text.match(/<(?:link rel="stylesheet"|script[^>]* src=|img[^>]* src="(?!data:))/g) ?? [];
      rows.push({
        what: `first popup page, ${name}`,
        measured: `${bytes} B on the wire, ${further.length} further requests`,
        bar: `≤ ${FIRST_FLIGHT_BYTES} B, 0 further`,
        met: status === 200 && bytes <= FIRST_FLIGHT_BYTES && further.length === 0,
      });
    }
    return rows;
  });
}

function wireBytes(url: URL): Promise<{ bytes: number; text: string; status: number | undefined }> {
  return new Promise((resolve, reject) => {
    const headers = { 'accept-encoding': 'gzip, deflate, br', accept: 'text/html', connection: 'close' };
    request(url, { headers }, (response) => {
      response.resume();
      response.once('end', async () => {
        const bytes = response.socket.bytesRead;
        const text = await fetch(url).then((page) => page.text());
        resolve({ bytes, text, status: response.statusCode });
      });
    })
      .once('error', reject)
      .end();
  });
}
