import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { ALL_CLIENTS } from './all-clients.ts';
import { ALL_CLAIMS, type Client } from './client.ts';

const FILE = fileURLToPath(new URL('../../docs/clients.md', import.meta.url));

export type Result = 'passed' | 'failed';

const INTRODUCTION = `# Clients that were tried

OpenID Connect clients that other people wrote, unmodified and at their defaults: each was given the lines of
[Use any OpenID Connect client](openid-connect-clients.md), filled in, with nothing but what the column "set besides" names. Somebody signed in with
it, and it said who that is. The table is written by the tests as they run.

<!-- repository -->
\`e2e/clients/\` has the programs. \`npm test\` runs those of npm; \`npm run test:clients\` runs all, installs what it needs, and writes the table with
\`-- --write\`.
<!-- /repository -->
`;

const HEAD = `| client | from | version | what to paste | set besides | result |
| --- | --- | --- | --- | --- | --- |
`;

/** @param result undefined when it was not tried */
export function rowOf(client: Client, result: Result | undefined): string {
  const out = client.signOut ? '; signs out at the platform as well' : '';
  const claims = (client.claims ?? ALL_CLAIMS).map((claim) => `\`${claim}\``).join(', ');
  const besides =
    (client.deviations ?? []).map(({ setting, reason }) => `${setting}: ${reason}`).join('; ') || 'nothing';
  const worked =
    result === 'passed' ? `signs in, with ${claims}${out}` : result === 'failed' ? '**does not work**' : 'not tried';
  const paste = `[lines](openid-connect-clients.md#${anchorOf(client.name)})`;
  return `| ${[client.name, client.registry, client.version, paste, besides, worked].join(' | ')} |`;
}

/** The page, with a row for each client. */
export function pageWith(row: (client: Client) => string): string {
  return `${INTRODUCTION}\n${HEAD}${ALL_CLIENTS.map(row).join('\n')}\n`;
}

export function readTable(): string {
  try {
    return readFileSync(FILE, 'utf8');
  } catch {
    return '';
  }
}

/** What the page says of a client. */
export function rowIn(page: string, { name }: Client): string | undefined {
  return page.split('\n').find((line) => line.startsWith(`| ${name} |`));
}

/** Writes what happened. The rows of those that were not tried stay. */
export function writeTable(results: ReadonlyMap<string, Result>): void {
  const before = readTable();
  const row = (client: Client) => {
    const result = results.get(client.name);
    return result ? rowOf(client, result) : (rowIn(before, client) ?? rowOf(client, undefined));
  };
  writeFileSync(FILE, pageWith(row));
}

/** @returns what is wrong with the page, and how to mend it; undefined when it says what happened */
export function compareTable(results: ReadonlyMap<string, Result>, page: string): string | undefined {
  const differences = ALL_CLIENTS.flatMap((client) => {
    const result = results.get(client.name);
    if (!result) return [];
    const [written, happened] = [rowIn(page, client), rowOf(client, result)];
    return written === happened ? [] : [`- ${written ?? 'no row'}`, `+ ${happened}`];
  });
  if (differences.length === 0) return undefined;
  return [
    'docs/clients.md is not what happened (- the page, + this run):',
    ...differences,
    'If that is meant, write it with `npm run test:clients -- --write`, and commit it.',
  ].join('\n');
}

/** As GitHub makes it of a heading. */
function anchorOf(heading: string): string {
  return heading
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N} _-]/gu, '')
    .replaceAll(' ', '-');
}
