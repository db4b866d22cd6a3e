import { DATABASE_PROBLEMS, type DatabaseProblem, problemOf } from './database-errors.ts';

/** Problems of the disk that this server's own database file is on. Others have the same database, so they would fare no better. */
const PROBLEMS_OF_THE_DISK: ReadonlySet<DatabaseProblem> = new Set(['full', 'read_only', 'io']);

/** What went wrong with the database, for metrics and for `/readyz`. */
export class DatabaseHealth {
  /** From 0, because Prometheus does not see that a series has grown which was not there before. */
  readonly #problems = new Map<DatabaseProblem, number>(DATABASE_PROBLEMS.map((problem) => [problem, 0]));
  #diskProblem: DatabaseProblem | undefined;

  /** How often each problem has occurred since the process started. */
  get problems(): ReadonlyMap<DatabaseProblem, number> {
    return this.#problems;
  }

  /** Why the file of SQLite cannot be written; undefined once a write has succeeded. Unknown on PostgreSQL, which is not on this disk. */
  get diskProblem(): DatabaseProblem | undefined {
    return this.#diskProblem;
  }

  /** Counts an error, if it is a problem of the database and not of the query. */
  note(error: unknown): DatabaseProblem | undefined {
    const problem = problemOf(error);
    if (problem) this.#problems.set(problem, (this.#problems.get(problem) ?? 0) + 1);
    return problem;
  }

  /** Runs a statement that may write to the file. */
  watch<Result>(write: () => Result): Result {
    try {
      return write();
    } catch (error) {
      // Busy is counted by whoever stops waiting.
      const problem = problemOf(error);
      if (problem && PROBLEMS_OF_THE_DISK.has(problem)) this.#diskProblem = problem;
      if (problem !== 'busy') this.note(error);
      throw error;
    }
  }

  /** A write is on the disk. */
  committed(): void {
    this.#diskProblem = undefined;
  }
}
