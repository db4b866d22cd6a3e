import dns from 'node:dns';
import { Resolver } from 'node:dns/promises';
import type { Environment } from '@signup-with-platform/protocol';
import { isLoopbackHost } from '../../../process/loopback.ts';
import { elsewhere } from '../../load/place.ts';
import { callGuarded, type OutboundResult } from '../../outbound/guarded-call.ts';
import { type DomainProof, hostOf } from '../../storage/domain-proofs.ts';
import { randomId } from '../../storage/ids.ts';

/** Where a host publishes its proof as a file, and the name below it that may have it as a TXT record instead. */
const PROOF_PATH = '/.well-known/signup-with-platform-domain-verification';
const PROOF_LABEL = '_signup-with-platform';

/** What stood where the file should be; said only when there is no TXT record either. */
export const PROOF_PROBLEMS = ['unreachable', 'certificate', 'broken', 'status', 'mismatch'] as const;
export type ProofProblem = (typeof PROOF_PROBLEMS)[number];

export type ProofCheck = { proven: true; by: 'file' | 'dns' } | { proven: false; problem: ProofProblem };

/**
 * Whether the addresses of an environment need a proof: in production, where real people's details go to them. A platform on a developer's
 * machine has no real people.
 * @param publicUrl of the platform
 */
export function needsProof(environment: Environment, publicUrl: string): boolean {
  return environment === 'production' && !isLoopbackHost(new URL(publicUrl).hostname);
}

/** @param host of an address that has passed its checks */
export function newProof(host: string): DomainProof {
  return { host, token: `signup-with-platform=${randomId()}` };
}

/** What an environment knows of its addresses before they change. */
interface Known {
  origins: readonly string[];
  redirectUris: readonly string[];
  postLogoutRedirectUris: readonly string[];
  domains: readonly DomainProof[];
}

/**
 * The proofs that the hosts of `after` need. A host that had addresses before and no entry needs none: it was registered before there were
 * proofs, or by the operator. One that comes back after it was gone is new.
 */
export function proofsFor(before: Known, after: readonly string[]): DomainProof[] {
  const { origins, redirectUris, postLogoutRedirectUris, domains } = before;
  const exempt = new Set([...origins, ...redirectUris, ...postLogoutRedirectUris].map(hostOf));
  return [...new Set(after.map(hostOf))].filter(Boolean).flatMap((host) => {
    const known = domains.find((domain) => domain.host === host);
    if (known) return [known];
    return exempt.has(host) ? [] : [newProof(host)];
  });
}

export function proofFileUrl(host: string): string {
  return `https://${host}${PROOF_PATH}`;
}

export function proofRecordName(host: string): string {
  return `${PROOF_LABEL}.${host}`;
}

const TIMEOUT_MS = 5_000;
const MAX_FILE_BYTES = 1024;
const DNS_TIMEOUT_MS = 1_500;
const DNS_TRIES = 2;

/**
 * Looks for a proof: both ways at once, because one is enough. Only the host itself counts, not its parents, because whoever has a host may
 * not have its neighbours.
 */
export async function checkDomain({ host, token }: DomainProof, publicUrl: string): Promise<ProofCheck> {
  const file = readFile(host, publicUrl);
  if (await isInDns(host, token)) return { proven: true, by: 'dns' };
  const problem = problemOfFile(await file, token);
  return problem === undefined ? { proven: true, by: 'file' } : { proven: false, problem };
}

async function isInDns(host: string, token: string): Promise<boolean> {
  const resolver = new Resolver({ timeout: DNS_TIMEOUT_MS, tries: DNS_TRIES });
  // Asked of the module each time, because a process may be given other servers.
  resolver.setServers(dns.getServers());
  try {
    const records = await elsewhere(() => resolver.resolveTxt(proofRecordName(host)));
    return records.some((parts) => parts.join('').trim() === token);
  } catch {
    return false;
  }
}

function readFile(host: string, publicUrl: string): Promise<OutboundResult> {
  const headers = { accept: 'text/plain', 'user-agent': `signup-with-platform (+${publicUrl})` };
  const request = { url: new URL(proofFileUrl(host)), method: 'GET', headers } as const;
  const limits = { addresses: 'public', timeoutMs: TIMEOUT_MS, maxBytes: MAX_FILE_BYTES } as const;
  return callGuarded(request, limits);
}

/** @returns undefined when the file is the proof */
export function problemOfFile(result: OutboundResult, token: string): ProofProblem | undefined {
  switch (result.outcome) {
    case 'answered':
      if (result.status !== 200) return 'status';
      return result.body.toString().trim() === token ? undefined : 'mismatch';
    case 'certificate':
      return 'certificate';
    case 'failed':
      return 'broken';
    default:
      return 'unreachable';
  }
}

/** The proofs after one host was looked at. */
export function withCheck(
  domains: readonly DomainProof[],
  { host, token }: DomainProof,
  check: ProofCheck,
): DomainProof[] {
  const now = Date.now();
  return domains.map((domain) => {
    // The host may have been removed and added again meanwhile, with another token.
    if (domain.host !== host || domain.token !== token) return domain;
    if (check.proven) return { host, token, provenAt: now, checkedAt: now };
    return { ...domain, checkedAt: now, problem: check.problem };
  });
}
