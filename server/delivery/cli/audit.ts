import { z } from 'zod';
import type { AuditFilter, RecordedAuditEntry } from '../../storage/audit-log.ts';
import { type Command, parseOptions } from './command.ts';

const USAGE = 'audit list [--since 7d|ISO] [--act A] [--actor X] [--subject X] [--limit N]';
const UNITS_MS: Record<string, number> = { m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 };
const MAX_ENTRIES = 10_000;

/** A time span before now, such as `7d`, or a date or time in ISO 8601. */
const since = z.string().transform((text, context) => {
  const [, count, unit = ''] = /^(\d{1,6})([mhdw])$/.exec(text) ?? [];
  const moment = count ? new Date(Date.now() - Number(count) * (UNITS_MS[unit] ?? 0)) : new Date(text);
  const isIso = /^\d{4}-\d{2}-\d{2}(T.*)?$/.test(text);
  if ((count || isIso) && !Number.isNaN(moment.getTime())) return moment;
  context.addIssue({
    code: 'custom',
    message: `"${text}" is neither a time span such as 30m, 12h, 7d or 2w nor a time such as 2026-03-01T09:00:00Z`,
  });
  return z.NEVER;
});

const schema = z.object({
  since: since.optional(),
  act: z
    .string()
    .regex(/^[a-z_]+\.[a-z_]+$/, 'not an act such as account.blocked')
    .optional(),
  actor: z.string().min(1).optional(),
  subject: z.string().min(1).optional(),
  limit: z.coerce.number().int().min(1).max(MAX_ENTRIES).default(100),
});

/** Prints the latest matching entries of the audit log, oldest first. Reading the log writes nothing to it. */
export const auditList: Command = {
  name: 'audit list',
  usage: USAGE,
  async run(words, { storage }) {
    const text = { type: 'string' } as const;
    const options = { since: text, act: text, actor: text, subject: text, limit: text };
    const parsed = parseOptions(words, options, schema, USAGE);
    const filter = Object.fromEntries(Object.entries(parsed).filter(([, value]) => value !== undefined)) as AuditFilter;
    return { entries: (await storage.auditLog.list(filter)).map(shown) };
  },
};

/** An alias, because `list` is the only verb. */
export const audit: Command = { ...auditList, name: 'audit', usage: USAGE.replace('audit list', 'audit') };

function shown(entry: RecordedAuditEntry): Record<string, unknown> {
  return {
    at: entry.at.toISOString(),
    act: entry.act,
    actor: entry.actor,
    subject: entry.subject ?? null,
    realm: entry.realm,
    address: entry.address ?? null,
    request_id: entry.requestId ?? null,
    detail: entry.detail ?? null,
    id: entry.id,
  };
}
