import '../../engine/expected-notice.ts';
import { ConfigError, readConfig } from '../../config.ts';
import { mailStyleOf } from '../../mail/render-mail.ts';
import { MailLimits } from '../../outbox/mail-limits.ts';
import { Outbox } from '../../outbox/outbox.ts';
import { explainStartFailure } from '../../start-failure.ts';
import { migrate, openDatabase } from '../../storage/database.ts';
import { createStorage } from '../../storage/index.ts';
import { assertUtf8, type BareCommand, type Command, CommandError, UsageError } from './command.ts';
import { BARE_COMMANDS, COMMANDS } from './commands.ts';
import { linesOf } from './lines-of.ts';
import { printable } from './printable.ts';

const USAGE = `Usage: npm run platform -- <noun> <verb> [options] [--json]

${[...COMMANDS, ...BARE_COMMANDS].map(({ usage }) => `  ${usage}`).join('\n')}`;

async function main(argv: readonly string[]): Promise<void> {
  assertUtf8(argv);
  const words = argv.filter((word) => word !== '--json');
  const command = commandOf(words);
  if (words.some((word) => word === '--help' || word === '-h')) {
    console.log(command ? `Usage: npm run platform -- ${command.usage}` : USAGE);
    return;
  }
  if (!command) {
    const said = words.filter((word) => !word.startsWith('-')).slice(0, 2);
    throw new UsageError(said.length > 0 ? `There is no command "${said.join(' ')}".\n\n${USAGE}` : USAGE);
  }
  const asJson = argv.includes('--json');
  if ('runBare' in command) {
    const printed = await command.runBare(words.slice(command.name.split(' ').length), process.env);
    console.log(asJson ? JSON.stringify(printed.json) : printed.text);
    process.exitCode = printed.exitCode;
    return;
  }
  const config = readConfig(process.env, { sendsMail: false });
  for (const warning of config.warnings) console.error(warning);
  const database = openDatabase(config);
  try {
    const migrated = command.migrates === false ? [] : await migrate(database.db);
    const storage = createStorage(database);
    const mailer = new Outbox({
      storage,
      limits: new MailLimits(database.pool, config.mailPerAppDaily),
      smtpUrl: config.smtpUrl,
      ...mailStyleOf(config),
    });
    const context = { config, storage, mailer, migrated };
    const result = await command.run(words.slice(command.name.split(' ').length), context);
    console.log(asJson ? JSON.stringify(result) : printable(linesOf(result).join('\n')));
  } finally {
    await database.close();
  }
}

/** Finds the command. Most names are a noun and a verb; a noun with only one verb works alone. */
function commandOf(words: readonly string[]): Command | BareCommand | undefined {
  const named = (count: number) =>
    [...COMMANDS, ...BARE_COMMANDS].find(({ name }) => name === words.slice(0, count).join(' '));
  return named(2) ?? named(1);
}

try {
  await main(process.argv.slice(2));
} catch (error) {
  const usage = error instanceof UsageError || error instanceof ConfigError;
  const isPlain = usage || error instanceof CommandError;
  console.error(isPlain ? error.message : (explainStartFailure(error) ?? error));
  process.exitCode = usage ? 2 : 1;
}
