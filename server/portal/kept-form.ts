import { z } from 'zod';
import type { PersonCall, PortalRoute } from './route.ts';

const MODEL = 'PortalForm';
const LIFETIME_SECONDS = 30 * 60;
/** All together. What is longer is not kept. */
const MAX_KEPT_LENGTH = 8_000;

const bodySchema = z.record(z.string(), z.unknown()).catch({});
const querySchema = z.object({ kept: z.unknown() });
const payloadSchema = z.object({ typed: z.record(z.string(), z.string()) });

/**
 * Keeps what was typed into a form that needs a recent sign-in, until the person comes back to its page: what the route names, which no
 * secret is among. An account has one of each page.
 * @returns the address of the page
 */
export async function keepForm(call: PersonCall, route: PortalRoute): Promise<string> {
  const page = pageOf(call, route);
  const body = bodySchema.parse(call.body);
  const typed: Record<string, string> = {};
  for (const name of route.form?.keeps ?? []) {
    const value = body[name];
    if (typeof value === 'string') typed[name] = value;
  }
  if (Object.keys(typed).length === 0 || JSON.stringify(typed).length > MAX_KEPT_LENGTH) return page;
  await forgetForm(call, route);
  const payload = { accountId: call.account.id, typed };
  await call.context.rows.oidcRecords.save(MODEL, idOf(call, page), payload, LIFETIME_SECONDS);
  return `${page}?kept=1`;
}

/** What was kept for the page that is asked for. */
export async function keptForm(call: PersonCall): Promise<Readonly<Record<string, string>>> {
  if (querySchema.safeParse(call.query).data?.kept === undefined) return {};
  const [page = ''] = call.request.url.split('?', 1);
  const record = await call.context.rows.oidcRecords.find(MODEL, idOf(call, page));
  return payloadSchema.safeParse(record?.payload).data?.typed ?? {};
}

/** The form has been sent. */
export async function forgetForm(call: PersonCall, route: PortalRoute): Promise<void> {
  await call.context.rows.oidcRecords.delete(MODEL, idOf(call, pageOf(call, route)));
}

/** The page that a form stands on. */
function pageOf({ base, params }: PersonCall, { path, form }: PortalRoute): string {
  const page = form?.page ?? path;
  return base + page.replaceAll(/:(\w+)/g, (_parameter, name: string) => encodeURIComponent(params[name] ?? ''));
}

function idOf({ account }: PersonCall, page: string): string {
  return `${account.id} ${page}`;
}
