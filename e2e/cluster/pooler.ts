import { chownSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { listens } from '../../scripts/testing/listens.ts';
import { serverUser } from '../../server/storage/testing/postgres-binaries.ts';
import { Daemon, programOf } from './daemon.ts';
import { PostgresCluster } from './postgres-cluster.ts';

export interface PoolerOptions {
  readonly directory: string;
  readonly port: number;
  /** Where the primary can be reached. */
  readonly databasePort: number;
}

/** PgBouncer, which lends each transaction a connection, with the lines of docs/scaling.md. */
export async function startPooler({ directory, port, databasePort }: PoolerOptions): Promise<Daemon> {
  const program = await programOf(['pgbouncer'], '/usr/sbin/pgbouncer');
  const users = join(directory, 'pgbouncer-users.txt');
  const file = join(directory, 'pgbouncer.ini');
  writeFileSync(users, `"${PostgresCluster.user}" "${PostgresCluster.password}"\n`, { mode: 0o600 });
  writeFileSync(
    file,
    `[databases]
platform = host=127.0.0.1 port=${databasePort}
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = ${port}
unix_socket_dir =
auth_type = scram-sha-256
auth_file = ${users}
pool_mode = transaction
default_pool_size = 10
max_client_conn = 500
server_login_retry = 1
server_connect_timeout = 3
query_wait_timeout = 10
`,
    { mode: 0o600 },
  );
  const user = serverUser();
  if (user.uid !== undefined && user.gid !== undefined)
    for (const path of [users, file]) chownSync(path, user.uid, user.gid);
  const daemon = new Daemon(program, [file], { user });
  await daemon.until(() => listens(port));
  return daemon;
}
