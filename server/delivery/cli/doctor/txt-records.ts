import dns from 'node:dns';
import { Resolver } from 'node:dns/promises';

/** What the DNS has as TXT records of a name. */
export type TxtRecords =
  | { readonly outcome: 'found'; readonly records: readonly string[] }
  /** The name, or one below it, exists (RFC 8020), and has none. */
  | { readonly outcome: 'none' }
  | { readonly outcome: 'no_name' }
  /** Nobody could be asked, which says nothing of the name. */
  | { readonly outcome: 'unasked'; readonly code: string };

const TIMEOUT_MS = 1_000;
const TRIES = 2;
/** For all names together, because each of a machine's resolvers may be silent for as long as it can. */
const TOTAL_MS = 4_000;

/** Asks for several names at once. @returns what was found, in their order */
export async function readTxtRecords(names: readonly string[]): Promise<TxtRecords[]> {
  const resolver = new Resolver({ timeout: TIMEOUT_MS, tries: TRIES });
  // Asked of the module each time, because a process may be given other servers.
  resolver.setServers(dns.getServers());
  const timer = setTimeout(() => resolver.cancel(), TOTAL_MS);
  try {
    return await Promise.all(names.map((name) => read(resolver, name)));
  } finally {
    clearTimeout(timer);
  }
}

async function read(resolver: Resolver, name: string): Promise<TxtRecords> {
  try {
    const records = await resolver.resolveTxt(name);
    return { outcome: 'found', records: records.map((parts) => parts.join('').trim()) };
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    if (code === dns.NODATA) return { outcome: 'none' };
    return code === dns.NOTFOUND ? { outcome: 'no_name' } : { outcome: 'unasked', code };
  }
}
