import { MANAGEMENT_ROUTES } from '../routes.ts';
import type { Backend, Sent } from './backend.ts';

/** What a call needs to succeed: something that is there, and its own example. */
export async function prepared(backend: Backend, operation: string): Promise<{ id: string; sent: Sent }> {
  const { path, body } = MANAGEMENT_ROUTES.find((route) => route.operation === operation) ?? { path: '' };
  const sent: Sent = body?.example === undefined ? {} : { body: body.example };
  if (!path.includes(':id')) return { id: '', sent };
  const made = await backend.post('/accounts', { external_id: `prepared for ${operation}` });
  return { id: String(made.json['id']), sent };
}
