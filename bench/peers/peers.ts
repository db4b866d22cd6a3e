import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { freePort } from '../../server/testing/free-port.ts';
import { compare, type Subject } from '../compare.ts';
import { type ServerProcess, startServer } from '../process.ts';
import { residentMb, totalProcessorTimeMs } from '../processor-time.ts';
import type { Figures, PeerStart } from '../report.ts';
import { type Stage, withStage } from '../stage.ts';
import type { Load } from '../wrk-script.ts';
import { betterAuth } from './better-auth.ts';
import { keycloak } from './keycloak.ts';
import { KINDS, type Kind, type Peer, type Prepare } from './peer.ts';
import { pocketBase } from './pocketbase.ts';

const PREPARE: Readonly<Record<string, Prepare>> = {
  'better-auth': betterAuth,
  PocketBase: pocketBase,
  Keycloak: keycloak,
};
const REST_MS = 3_000;
const WORDS: Readonly<Record<Kind, string>> = {
  password: 'Password sign-in',
  read: 'Read of a user or session',
  machine: 'Machine login',
};

export interface PeerFindings {
  readonly starts: readonly PeerStart[];
  readonly figures: readonly Figures[];
}

/** Other people's servers beside the platform: what their start costs, and each kind of load, in rounds that take turns. */
export async function peers(): Promise<PeerFindings> {
  const directory = mkdtempSync(join(tmpdir(), 'bench-peers-'));
  const running: Running[] = [];
  const starts: PeerStart[] = [];
  try {
    for (const [name, prepare] of Object.entries(PREPARE)) {
      try {
        const peer = await prepare(mkdtempSync(join(directory, 'peer-')));
        const started = await startPeer(peer);
        running.push(started);
        starts.push(started.start);
      } catch (error) {
        starts.push({ name, notRun: error instanceof Error ? error.message : String(error) });
      }
    }
    return { starts, figures: await withStage((stage) => measure(stage, running)) };
  } finally {
    for (const { server } of running) await server.stop();
    rmSync(directory, { recursive: true, force: true });
  }
}

interface Running {
  readonly peer: Peer;
  readonly server: ServerProcess;
  readonly start: PeerStart;
  readonly loads: Partial<Record<Kind, Load>>;
}

/** The first start makes the database, and does not count. */
async function startPeer(peer: Peer): Promise<Running> {
  const port = await freePort();
  await (await startServer(peer.launch(port))).stop();
  const server = await startServer(peer.launch(port));
  try {
    const cpuMs = totalProcessorTimeMs(server.pid);
    await delay(REST_MS);
    const start = { name: `${peer.name} ${peer.version}`, cpuMs, memoryMb: residentMb(server.pid) };
    return { peer, server, start, loads: await peer.loads(server.url) };
  } catch (error) {
    await server.stop();
    throw error;
  }
}

async function measure(stage: Stage, running: readonly Running[]): Promise<Figures[]> {
  const { url, pid } = stage.server;
  const ours: Record<Kind, Load> = {
    password: { url, requests: stage.signIns, status: 303 },
    read: { url, requests: stage.reads },
    machine: { url, requests: [stage.login] },
  };
  const figures: Figures[] = [];
  for (const kind of KINDS) {
    const subjects: Record<string, Subject> = {
      platform: { name: `${WORDS[kind]}: platform`, pid, load: ours[kind] },
    };
    for (const { peer, server, loads } of running) {
      const load = loads[kind];
      if (load) subjects[peer.name] = { name: `${WORDS[kind]}: ${peer.name}`, pid: server.pid, load };
    }
    // Hashes at once wait for each other's memory, which is not what is compared.
    figures.push(...Object.values(await compare(subjects, kind === 'password' ? { connections: 1 } : {})));
  }
  return figures;
}
