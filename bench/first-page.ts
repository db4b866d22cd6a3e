import { request } from 'node:http';
import { withPlatform } from './platform.ts';
import { type Findings, judge, type Verdict } from './report.ts';

/** The bytes of the popup's first page, with its headers, in each realm. The page loads nothing else. */
export function firstPage(): Promise<Findings> {
  return withPlatform(async (platform) => {
    const verdicts: Verdict[] = [];
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
      if (status !== 200) throw new Error(`the first page in ${name} was answered with ${status}`);
      const further = text.match(/<(?:link rel="stylesheet"|script[^>]* src=|img[^>]* src="(?!data:))/g) ?? [];
      verdicts.push(judge('page-bytes', bytes, name), judge('page-requests', further.length, name));
    }
    return { verdicts };
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
