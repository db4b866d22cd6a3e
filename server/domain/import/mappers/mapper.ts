import { z } from 'zod';

/** Turns a row of another system's export into a row of ours, or says what is wrong with it. What it does not name is left behind. */
export type Mapper = (row: unknown, beside: Beside) => unknown;

/** What an export does not say of itself, and the operator does. */
export interface Beside {
  /** What Firebase's hashes need. */
  hashConfig?: unknown;
  /** For which relying party its passkeys were made. */
  rpId?: string | undefined;
}

/** A row that cannot be brought as it is, in words for whoever has made the export. */
export class UnmappableError extends Error {
  override name = 'UnmappableError';
}

/** A cell of a table is a text, and JSON has what it means. */
export const flag = z.union([
  z.boolean(),
  z.int().transform((number) => number === 1),
  z.string().transform((text) => /^(true|t|1|yes|y)$/i.test(text)),
]);
/** A text, or nothing where there is an empty one. */
export const text = z
  .string()
  .nullish()
  .transform((value) => value || undefined);
export const number = z.union([
  z.number(),
  z
    .string()
    .regex(/^-?\d+(\.\d+)?$/)
    .transform(Number),
]);

/** Databases and tables write times without the T, and often without a zone, which is UTC then. */
export const time = z
  .union([z.string(), z.number()])
  .nullish()
  .transform((value) => {
    if (value === null || value === undefined || value === '') return undefined;
    if (typeof value === 'number' || /^\d{10,}$/.test(value)) return isoOf(new Date(Number(value))) ?? String(value);
    const iso = value
      .trim()
      .replace(/^(\d{4}-\d\d-\d\d) /, '$1T')
      .replace(/ ?UTC$/, 'Z')
      .replace(/([+-]\d\d)$/, '$1:00');
    const zoned = /(Z|[+-]\d\d:?\d\d)$/.test(iso) ? iso : `${iso}Z`;
    return isoOf(new Date(zoned)) ?? value;
  });

/** @returns undefined for a moment that no calendar has; what stands there is then refused as it is */
function isoOf(date: Date): string | undefined {
  return Number.isNaN(date.getTime()) ? undefined : date.toISOString();
}

/** Makes a mapper of what it reads and what it makes of that. */
export function mapper<Shape extends z.ZodRawShape>(
  shape: Shape,
  map: (row: z.infer<z.ZodObject<Shape>>, beside: Beside) => Record<string, unknown>,
): Mapper {
  const schema = z.object(shape);
  return (row, beside) => map(schema.parse(row), beside);
}

/** Their first and last name, where only a whole one is known. */
export function named(whole: string | undefined): { given_name?: string; family_name?: string } {
  const [given, ...rest] = (whole ?? '').trim().split(/\s+/);
  return { ...(given && { given_name: given }), ...(rest.length > 0 && { family_name: rest.join(' ') }) };
}

/** An address, unless there is nothing of one. */
export function addressOf(parts: Readonly<Record<string, string | undefined>>): Record<string, unknown> {
  const known = Object.entries(parts).filter(([, value]) => value);
  return known.length > 0 ? { address: Object.fromEntries(known) } : {};
}
