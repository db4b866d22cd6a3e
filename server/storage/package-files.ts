import { Repository } from './repository.ts';

/** Other texts are not looked up, because PostgreSQL refuses some of them, such as those with a NUL. */
const FILE = /^[\w.+-]{1,200}$/;

/** The npm packages that this installation has served, by file name. One that is here never changes and never goes. */
export class PackageFileRepository extends Repository {
  async find(file: string): Promise<Buffer | undefined> {
    if (!FILE.test(file)) return undefined;
    const row = await this.db.selectFrom('package_files').select('base64').where('file', '=', file).executeTakeFirst();
    return row && Buffer.from(row.base64, 'base64');
  }

  /**
   * Keeps a file, unless there is one of this name.
   *
   * @param read is called when the file is not here yet
   * @returns the hash of the one that is kept
   */
  async keep(file: string, integrity: string, read: () => Buffer): Promise<string> {
    const known = await this.#integrityOf(file);
    if (known !== undefined) return known;
    const row = { file, integrity, base64: read().toString('base64'), created_at: Date.now() };
    await this.db
      .insertInto('package_files')
      .values(row)
      .onConflict((conflict) => conflict.column('file').doNothing())
      .execute();
    // Of two servers that start at once, one was first.
    return (await this.#integrityOf(file)) ?? integrity;
  }

  async #integrityOf(file: string): Promise<string | undefined> {
    const row = await this.db
      .selectFrom('package_files')
      .select('integrity')
      .where('file', '=', file)
      .executeTakeFirst();
    return row?.integrity;
  }
}
