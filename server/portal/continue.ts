import { z } from 'zod';
import type { PortalCall } from './route.ts';

const MAX_PATH_LENGTH = 1_000;
const querySchema = z.object({ continue: z.string().max(MAX_PATH_LENGTH).optional().catch(undefined) });

/** The address of a step that comes in between, such as signing in, and that goes on to `path` afterwards. */
export function continueTo({ base }: Pick<PortalCall, 'base'>, step: string, path: string): string {
  const target = path === base ? '' : `?${new URLSearchParams({ continue: path })}`;
  return `${base}/${step}${target}`;
}

/** Where to go on: within this portal and nowhere else (no open redirect, RFC 9700 section 4.11). */
export function continuation(call: Pick<PortalCall, 'base' | 'context'>, input: unknown): string {
  const path = querySchema.catch({}).parse(input ?? {}).continue ?? '';
  const { base, context } = call;
  if (!path.startsWith(base) || !URL.canParse(path, context.config.publicUrl)) return base;
  const url = new URL(path, context.config.publicUrl);
  const isOurs =
    url.origin === context.config.publicUrl && (url.pathname === base || url.pathname.startsWith(`${base}/`));
  return isOurs ? url.pathname + url.search : base;
}
