import { type BackupTool, majorOf } from '#storage/backup-tools.ts';
import type { DatabaseFacts, PostgresFacts } from '#storage/database-facts.ts';
import { type Finding, ok, problem, warning } from './finding.ts';

/** PostgreSQL’s oldest major version that its own project still maintains when this version is released. */
const OLDEST_POSTGRES = 15;
/** A process of ours holds up to ten connections, and an upgrade runs two at once. */
const NEEDED_CONNECTIONS = 25;

export function judgeDatabase(
  { engine, version, postgres }: DatabaseFacts,
  databaseUrl: string | undefined,
): Finding[] {
  const is = `The database is ${engine} ${version}`;
  if (!postgres) {
    return [
      ok('database', `${is}, which is right for one server. For several, use PostgreSQL.`),
      ok('database_settings', 'Every commit is flushed to the disk (WAL, synchronous=FULL).'),
    ];
  }
  const major = majorOf(version);
  return [
    postgres.isStandby
      ? problem('database', `${is}, a standby that cannot be written.`, 'Let DATABASE_URL lead to the primary.')
      : major < OLDEST_POSTGRES
        ? warning('database', `${is}, which its project does not maintain any more.`, 'Upgrade PostgreSQL.')
        : ok('database', `${is}.`),
    judgePostgres(postgres, databaseUrl),
  ];
}

function judgePostgres(facts: PostgresFacts, databaseUrl: string | undefined): Finding {
  const unsafe = Object.entries(facts.durability).filter(([, value]) => value === 'off');
  if (unsafe.length > 0) {
    return problem(
      'database_settings',
      `PostgreSQL runs with ${unsafe.map(([name]) => `${name}=off`).join(', ')}, so that a power cut loses what people were told is saved.`,
      'Set them to on.',
    );
  }
  const complaints: [boolean, string, string][] = [
    [
      !facts.isEncrypted && !isOnThisMachine(databaseUrl),
      'the connection to PostgreSQL is not encrypted',
      'add ?sslmode=verify-full to DATABASE_URL, unless the network between is yours alone',
    ],
    [
      facts.isSuperuser,
      'the user of DATABASE_URL is a superuser',
      'make a user that owns this database and nothing else',
    ],
    [
      facts.encoding !== '' && facts.encoding !== 'UTF8',
      `the encoding is ${facts.encoding}`,
      'make a database with the encoding UTF8',
    ],
    [
      facts.maxConnections > 0 && facts.maxConnections < NEEDED_CONNECTIONS,
      `max_connections is ${facts.maxConnections}`,
      'raise it: each server uses up to ten',
    ],
  ];
  const found = complaints.filter(([applies]) => applies);
  if (found.length === 0)
    return ok('database_settings', 'PostgreSQL keeps what it has acknowledged, and the connection is private.');
  const [first = '', ...more] = found.map(([, what]) => what);
  const message = `${[first.charAt(0).toUpperCase() + first.slice(1), ...more].join('; ')}.`;
  const todo = found.map(([, , advice]) => advice).join('; ');
  return warning('database_settings', message, `${todo.charAt(0).toUpperCase() + todo.slice(1)}.`);
}

function isOnThisMachine(databaseUrl: string | undefined): boolean {
  if (databaseUrl === undefined) return true;
  const { hostname, searchParams } = new URL(databaseUrl);
  return /^(|localhost|127\.[\d.]+|\[::1\])$/.test(hostname) || (searchParams.get('host') ?? '').startsWith('/');
}

/** @param tools that `db backup` would run on this machine */
export function judgeBackupTools({ postgres, version }: DatabaseFacts, tools: readonly BackupTool[]): Finding {
  if (!postgres) return ok('backup_tools', 'A backup of SQLite needs no program but this one.');
  const advice =
    'Install the client programs of that version of PostgreSQL (apt.postgresql.org has each), or run platform db backup on a machine that has them.';
  const missing = tools.filter((tool) => tool.version === undefined).map(({ name }) => name);
  if (missing.length > 0) {
    return warning(
      'backup_tools',
      `platform db backup does not work on this machine: ${missing.join(' and ')} ${missing.length === 1 ? 'is' : 'are'} not on the PATH.`,
      advice,
    );
  }
  const names = tools.map(({ name, version: of }) => `${name} is ${of}`).join(', ');
  return tools.some((tool) => majorOf(tool.version ?? '') < majorOf(version))
    ? warning(
        'backup_tools',
        `platform db backup does not work on this machine: PostgreSQL is ${version}, and ${names}. They refuse a server that is newer than they are.`,
        advice,
      )
    : ok('backup_tools', `platform db backup has what it needs on this machine: ${names}.`);
}

export function judgeMigrations({ pending, unknown }: DatabaseFacts): Finding {
  if (unknown.length > 0) {
    return problem(
      'migrations',
      `The database has been used by a later version, which has added ${unknown.join(', ')}.`,
      'Install that version again, or restore the backup from before its upgrade.',
    );
  }
  return pending.length === 0
    ? ok('migrations', 'The database has the tables of this version.')
    : warning(
        'migrations',
        `The database lacks ${pending.length} migration${pending.length === 1 ? '' : 's'} of this version: ${pending.join(', ')}.`,
        'Make a backup, then start the new version, which migrates by itself.',
      );
}
