import type { Endpoint } from '../endpoint.ts';
import type { Finding } from '../finding.ts';
import type { People } from '../people.ts';
import type { Body, Reply } from '../reply.ts';

/** What checks share. */
export interface Run {
  endpoint: Endpoint;
  people: People;
  /** The first person, once signed up, with what was answered. */
  first?: { body: Body & { userName: string }; idempotencyKey: string; reply: Reply };
}

export interface Check {
  /** Of its findings, in their order. */
  codes: readonly string[];
  /** Why it cannot be done without the first person; left out where it can. */
  needsFirst?: true;
  run(run: Run): Promise<Finding[]>;
}
