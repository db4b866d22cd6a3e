import sharp from 'sharp';
import { until } from '../../../../../scripts/testing/until.ts';
import { MANAGEMENT_ROUTES } from '../routes.ts';
import type { Backend, Sent } from './backend.ts';

/** What a call needs to succeed: something that is there, and its own example. */
export async function prepared(backend: Backend, operation: string): Promise<{ id: string; sent: Sent }> {
  const { path, body } = MANAGEMENT_ROUTES.find((route) => route.operation === operation) ?? { path: '' };
  const sent: Sent = body?.example === undefined ? {} : { body: body.example };
  if (path.startsWith('/imports')) {
    const form = peopleForm([{ id: `prepared for ${operation}` }]);
    if (!path.includes(':id')) return { id: '', sent: body ? { body: form } : sent };
    const { json } = await backend.send('POST', '/imports', { body: form });
    const isDone = async () => (await backend.get(`/imports/${json['id']}`)).json['state'] === 'done';
    await until(isDone);
    return { id: String(json['id']), sent };
  }
  if (!path.includes(':id')) return { id: '', sent };
  if (path.startsWith('/apps')) {
    const app = await backend.post('/apps', { name: 'Prepared', origins: ['https://prepared.example'] });
    return { id: String(app.json['id']), sent: body?.contract ? { body: await logoForm() } : sent };
  }
  const made = await backend.post('/accounts', { external_id: `prepared for ${operation}` });
  return { id: String(made.json['id']), sent };
}

/** A form with a file of people. */
export function peopleForm(people: readonly unknown[]): FormData {
  const form = new FormData();
  form.append('people', new Blob([people.map((one) => JSON.stringify(one)).join('\n')]), 'people.ndjson');
  return form;
}

/** A form with a red square. */
export async function logoForm(): Promise<FormData> {
  const pixels = await sharp({ create: { width: 8, height: 8, channels: 3, background: 'red' } })
    .png()
    .toBuffer();
  const form = new FormData();
  form.append('logo', new Blob([new Uint8Array(pixels)], { type: 'image/png' }), 'logo.png');
  return form;
}
