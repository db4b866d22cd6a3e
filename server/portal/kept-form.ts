import type { PersonCall, PortalRoute } from './route.ts';

const MODEL = 'PortalForm';
const LIFETIME_SECONDS = 30 * 60;
/** All together. What is longer is not kept. */
const MAX_KEPT_LENGTH = 8_000;
const MARK = 'kept';

/** The page that a form stands on. */
export function pageOf({ base, params }: Pick<PersonCall, 'base' | 'params'>, { path, form }: PortalRoute): string {
  const page = form?.page ?? path;
  return base + page.replaceAll(/:(\w+)/g, (_parameter, name: string) => encodeURIComponent(params[name] ?? ''));
}

/**
 * Keeps what was typed into a form that needs a fresh sign-in, until the person comes back to its page: what the route names, which no
 * secret is among. An account has one of each page.
 * @returns the address of the page
 */
export async function keepForm(call: PersonCall, route: PortalRoute): Promise<string> {
  const page = pageOf(call, route);
  const body = (call.body ?? {}) as Record<string, unknown>;
  const typed = Object.fromEntries(
    (route.form?.keeps ?? []).flatMap((name) => (typeof body[name] === 'string' ? [[name, body[name]]] : [])),
  );
  if (Object.keys(typed).length === 0 || JSON.stringify(typed).length > MAX_KEPT_LENGTH) return page;
  await forgetForm(call, page);
  const payload = { accountId: call.account.id, typed };
  await call.context.rows.oidcRecords.save(MODEL, idOf(call, page), payload, LIFETIME_SECONDS);
  return `${page}?${MARK}=1`;
}

/** What was kept for the page that is asked for. */
export async function keptForm(call: PersonCall): Promise<Readonly<Record<string, unknown>>> {
  if ((call.query as Record<string, unknown> | null)?.[MARK] === undefined) return {};
  const [page = ''] = call.request.url.split('?', 1);
  const record = await call.context.rows.oidcRecords.find(MODEL, idOf(call, page));
  return (record?.payload['typed'] as Record<string, unknown> | undefined) ?? {};
}

/** The form has been sent. */
export async function forgetForm(call: PersonCall, page: string): Promise<void> {
  await call.context.rows.oidcRecords.delete(MODEL, idOf(call, page));
}

function idOf({ account }: PersonCall, page: string): string {
  return `${account.id} ${page}`;
}
