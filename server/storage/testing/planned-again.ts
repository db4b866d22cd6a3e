import { constants, DatabaseSync } from 'node:sqlite';

/** SQLite's code for a parameter that a statement does not have. */
const RANGE = 25;

/**
 * Whether SQLite plans a statement anew when it runs with other values: while it plans, and only then, it asks who may do what.
 * Nothing stays of what the statement does.
 */
export function isPlannedAgain(file: string, statement: string): boolean {
  const database = new DatabaseSync(file, { enableForeignKeyConstraints: false });
  try {
    let questions = 0;
    database.setAuthorizer(() => {
      questions += 1;
      return constants.SQLITE_OK;
    });
    database.exec('begin');
    const prepared = database.prepare(statement);
    const parameters = statement.split('?').length - 1;
    const run = (value: string) => {
      try {
        prepared.all(...Array.from({ length: parameters }, () => value));
      } catch (error) {
        // A row that breaks a rule of its table has been planned, too.
        if (Reflect.get(Object(error), 'errcode') === RANGE) throw error;
      }
    };
    run('one');
    const before = questions;
    run('other');
    return questions > before;
  } finally {
    database.close();
  }
}
