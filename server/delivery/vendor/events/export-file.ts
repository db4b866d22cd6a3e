import { type EventJson, eventJson } from '#events/event-json.ts';
import type { RecordedEvent } from '#storage/app-events.ts';

export const EXPORT_FORMATS = ['csv', 'jsonl'] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

export const CONTENT_TYPES: Readonly<Record<ExportFormat, string>> = {
  csv: 'text/csv; charset=utf-8; header=present',
  jsonl: 'application/jsonl; charset=utf-8',
};

const COLUMNS = [
  'created_at',
  'type',
  'summary',
  'status',
  'attempt',
  'request_id',
  'user_id',
  'id',
  'detail',
] as const satisfies readonly (keyof EventJson)[];

/** How a formula begins, in full width too, whatever blank stands before it. */
const FORMULA = /^\s*[=+\-@|%\uff1d\uff0b\uff0d\uff20]/;

/** What the file begins with. */
export const HEADERS: Readonly<Record<ExportFormat, string>> = { csv: csvLine(COLUMNS), jsonl: '' };

/** One event, as one line of the file. */
export function exportLine(format: ExportFormat, event: RecordedEvent): string {
  const json = eventJson(event);
  if (format === 'jsonl') return `${JSON.stringify(json)}\n`;
  return csvLine(
    COLUMNS.map((column) => {
      const value = json[column];
      return typeof value === 'object' && value !== null ? JSON.stringify(value) : String(value ?? '');
    }),
  );
}

/** RFC 4180. */
function csvLine(cells: readonly string[]): string {
  return `${cells.map(csvCell).join(',')}\r\n`;
}

/**
 * Strangers can put words into a log, by the requests that they send. Spreadsheets run a cell that begins like a formula, so that one begins
 * with a quote, which they take for the mark of text.
 */
export function csvCell(value: string): string {
  const text = FORMULA.test(value) ? `'${value}` : value;
  return /[",\r\n;]/.test(text) || text !== value ? `"${text.replaceAll('"', '""')}"` : text;
}
