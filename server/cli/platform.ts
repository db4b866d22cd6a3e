import { ConfigError, readConfig } from '../config.ts';
import { explainStartFailure } from '../start-failure.ts';
import { migrate, openDatabase } from '../storage/database.ts';
import { createStorage } from '../storage/index.ts';
import { accountCreate } from './account.ts';
import { appCreate, appDisable, appEnable } from './app.ts';
import { type Command, UsageError } from './command.ts';

/** `npm run platform -- <noun> <verb> [options] [--json]`. It works on the database itself, whether the server runs or not. */
const COMMANDS: readonly Command[] = [
  appCreate,
  appDisable,
  appEnable,
  accountCreate,
  {
    name: 'db migrate',
    usage: 'db migrate',
    // Every command migrates first; this one does nothing else.
    run: async (_arguments, { migrated }) => ({ migrated }),
  },
];

async function main(argv: readonly string[]): Promise<void> {
  const words = argv.filter((word) => word !== '--json');
  const command = COMMANDS.find(({ name }) => name === words.slice(0, 2).join(' '));
  if (!command) {
    throw new UsageError(
      `Usage: npm run platform -- <noun> <verb> [options] [--json]\n\n${COMMANDS.map(({ usage }) => `  ${usage}`).join('\n')}`,
    );
  }
  const config = readConfig(process.env);
  const database = openDatabase(config);
  try {
    const migrated = await migrate(database.db);
    const result = await command.run(words.slice(2), { config, storage: createStorage(database), migrated });
    print(result, argv.includes('--json'));
  } finally {
    await database.close();
  }
}

/** JSON is one line, the last one; otherwise a line for each fact. */
function print(result: Record<string, unknown>, asJson: boolean): void {
  if (asJson) {
    console.log(JSON.stringify(result));
    return;
  }
  for (const [name, value] of Object.entries(result)) {
    console.log(`${name}: ${Array.isArray(value) ? value.join(', ') || '(none)' : String(value)}`);
  }
}

try {
  await main(process.argv.slice(2));
} catch (error) {
  const usage = error instanceof UsageError || error instanceof ConfigError;
  console.error(usage ? error.message : (explainStartFailure(error) ?? error));
  process.exitCode = usage ? 2 : 1;
}
