import { chmodSync, chownSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { listens } from '../../scripts/testing/listens.ts';
import { until } from '../../scripts/testing/until.ts';
import { serverUser } from '../../server/storage/testing/postgres-binaries.ts';
import { freePort } from '../../server/testing/free-port.ts';
import { Daemon, programOf } from './daemon.ts';

/** Of Debian 12 and 13. */
const POSTGRES_PATHS = ['/usr/lib/postgresql/15/bin/postgres', '/usr/lib/postgresql/17/bin/postgres'];
const PASSWORD = 'a-password-of-the-cluster';

/**
 * How long a primary that is silent stays primary, in seconds: the least that Patroni allows. The rest follows from it
 * (`loop_wait + 2 × retry_timeout ≤ ttl`).
 */
const LEASE_SECONDS = 20;

const memberSchema = z.object({ name: z.string(), role: z.string(), state: z.string() });
const clusterSchema = z.object({ members: z.array(memberSchema) });
type Member = z.infer<typeof memberSchema>;

interface Node {
  readonly name: string;
  readonly port: number;
  readonly restPort: number;
  readonly configuration: string;
  daemon: Daemon;
}

/** A highly available PostgreSQL: Patroni on etcd, with synchronous replication. */
export class PostgresCluster {
  readonly #directory: string;
  readonly #programs: { readonly patroni: string; readonly postgres: string };
  readonly #etcd: Daemon;
  readonly #nodes: Node[] = [];

  private constructor(directory: string, programs: { patroni: string; postgres: string }, etcd: Daemon) {
    this.#directory = directory;
    this.#programs = programs;
    this.#etcd = etcd;
  }

  /** Resolves once there is a primary, and a standby that confirms what is committed. */
  static async start(directory: string): Promise<PostgresCluster> {
    const postgres = await programOf(['postgresql'], ...POSTGRES_PATHS);
    const patroni = await programOf(['patroni', 'python3-etcd'], '/usr/bin/patroni');
    const etcd = await startEtcd(directory);
    const cluster = new PostgresCluster(directory, { patroni, postgres }, etcd.daemon);
    try {
      for (const name of ['one', 'two']) await cluster.#add(name, etcd.port);
      await cluster.untilReplicated();
    } catch (error) {
      await cluster.stop();
      throw error;
    }
    return cluster;
  }

  /** Where each of them listens, and where Patroni says which one is the primary. */
  get nodes(): readonly { readonly name: string; readonly port: number; readonly restPort: number }[] {
    return this.#nodes;
  }

  /** @param port of whoever leads to the primary */
  static urlAt(port: number, database: string): string {
    return `postgres://postgres:${PASSWORD}@127.0.0.1:${port}/${database}`;
  }

  static readonly user = 'postgres';
  static readonly password = PASSWORD;

  async primary(): Promise<string | undefined> {
    return (await this.#members()).find(({ role, state }) => isPrimary(role) && isUp(state))?.name;
  }

  /** Waits until a standby has everything that is acknowledged. */
  async untilReplicated(): Promise<void> {
    await until(async () => (await this.#members()).some(({ role, state }) => role === 'sync_standby' && isUp(state)));
  }

  /** Patroni and PostgreSQL of this node end at once. */
  async cutPower(name: string): Promise<void> {
    await this.#nodeOf(name).daemon.cutPower();
  }

  /** Patroni and PostgreSQL of this node answer nobody any more, as when its machine hangs or is cut off. */
  freeze(name: string): void {
    this.#nodeOf(name).daemon.freeze();
  }

  /** Starts a node again that was off. It becomes a standby. */
  startAgain(name: string): void {
    const node = this.#nodeOf(name);
    node.daemon = this.#launch(node.configuration);
  }

  async stop(): Promise<void> {
    for (const { daemon } of this.#nodes) await daemon.cutPower();
    await this.#etcd.cutPower();
  }

  #nodeOf(name: string): Node {
    const node = this.#nodes.find((each) => each.name === name);
    if (!node) throw new Error(`there is no node ${name}`);
    return node;
  }

  async #members(): Promise<Member[]> {
    for (const { restPort } of this.#nodes) {
      // Undefined where it is off.
      const answer = await fetch(`http://127.0.0.1:${restPort}/cluster`, { signal: AbortSignal.timeout(2_000) })
        .then((response) => response.json())
        .catch(() => undefined);
      if (answer !== undefined) return clusterSchema.parse(answer).members;
    }
    return [];
  }

  async #add(name: string, etcdPort: number): Promise<void> {
    const [port, restPort] = [await freePort(), await freePort()];
    const bin = dirname(this.#programs.postgres);
    const directory = join(this.#directory, name);
    mkdirSync(directory, { mode: 0o700 });
    const configuration = join(directory, 'patroni.json');
    // YAML, of which JSON is a part.
    writeFileSync(configuration, JSON.stringify(patroniSettings({ name, directory, port, restPort, etcdPort, bin })));
    const { uid, gid } = serverUser();
    if (uid !== undefined && gid !== undefined)
      for (const path of [directory, configuration]) chownSync(path, uid, gid);
    const daemon = this.#launch(configuration);
    this.#nodes.push({ name, port, restPort, configuration, daemon });
    await daemon.until(() => listens(restPort));
    if (this.#nodes.length === 1) await daemon.until(async () => (await this.primary()) === name);
  }

  #launch(configuration: string): Daemon {
    return new Daemon(this.#programs.patroni, [configuration], { user: serverUser(), env: { HOME: this.#directory } });
  }
}

/** Patroni 3 says `leader`, and Patroni 4 `primary` in places. */
const isPrimary = (role: string) => ['leader', 'master', 'primary'].includes(role);
const isUp = (state: string) => ['running', 'streaming'].includes(state);

function patroniSettings(node: {
  name: string;
  directory: string;
  port: number;
  restPort: number;
  etcdPort: number;
  bin: string;
}): object {
  const rest = `127.0.0.1:${node.restPort}`;
  const address = `127.0.0.1:${node.port}`;
  const login = (username: string) => ({ username, password: PASSWORD });
  return {
    scope: 'platform',
    name: node.name,
    restapi: { listen: rest, connect_address: rest },
    etcd3: { host: `127.0.0.1:${node.etcdPort}` },
    bootstrap: {
      dcs: {
        ttl: LEASE_SECONDS,
        loop_wait: 4,
        retry_timeout: 8,
        maximum_lag_on_failover: 1_048_576,
        synchronous_mode: true,
        postgresql: { use_pg_rewind: true, parameters: { max_connections: 60, wal_log_hints: 'on' } },
      },
      initdb: [{ encoding: 'UTF8' }, { locale: 'C.UTF-8' }, 'data-checksums'],
    },
    postgresql: {
      listen: address,
      connect_address: address,
      data_dir: join(node.directory, 'data'),
      bin_dir: node.bin,
      pgpass: join(node.directory, 'pgpass'),
      authentication: {
        superuser: login(PostgresCluster.user),
        replication: login('replicator'),
        rewind: login('rewinder'),
      },
      pg_hba: ['host all all 127.0.0.1/32 scram-sha-256', 'host replication replicator 127.0.0.1/32 scram-sha-256'],
      parameters: { unix_socket_directories: '', password_encryption: 'scram-sha-256' },
    },
  };
}

/** One of it. That a majority of several survives is etcd's own business, and no matter of the platform. */
async function startEtcd(directory: string): Promise<{ daemon: Daemon; port: number }> {
  const program = await programOf(['etcd-server'], '/usr/bin/etcd');
  const [port, peerPort] = [await freePort(), await freePort()];
  const [url, peerUrl] = [`http://127.0.0.1:${port}`, `http://127.0.0.1:${peerPort}`];
  const words = ['--name=etcd', `--data-dir=${join(directory, 'etcd')}`, `--initial-cluster=etcd=${peerUrl}`];
  const addresses = [
    `--listen-client-urls=${url}`,
    `--advertise-client-urls=${url}`,
    `--listen-peer-urls=${peerUrl}`,
    `--initial-advertise-peer-urls=${peerUrl}`,
  ];
  const daemon = new Daemon(program, [...words, ...addresses]);
  await daemon.until(() => listens(port));
  return { daemon, port };
}

/** A folder that the servers' own user may go through. */
export function openToServers(directory: string): string {
  chmodSync(directory, 0o755);
  return directory;
}
