import { randomUUID } from 'node:crypto';
import {
  DIAGNOSTICS_PATH,
  DIAGNOSTICS_PROBE_HEADER,
  DIAGNOSTICS_STATUS_HEADER,
  DIAGNOSTICS_TOKEN_HEADER,
  type DiagnosticsReport,
  diagnosticsReportSchema,
} from '#http/diagnostics-report.ts';
import type { OwnAddress, OwnAnswer, Unreached } from '#outbound/own-address.ts';

/** A request that reached the server, and what the server says of it. */
export interface Visit {
  readonly outcome: 'visited';
  readonly answer: OwnAnswer;
  readonly report: DiagnosticsReport;
  /** Whether the report is about this request, and not about an earlier one. */
  readonly isFresh: boolean;
}

/** Somebody answered, and not the server, or not as it does. */
export interface StrangeAnswer {
  readonly outcome: 'strange';
  readonly status: number;
}

export type VisitResult = Visit | StrangeAnswer | Unreached;

export interface VisitRequest {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** The status that the server is to answer. Default: 200. */
  readonly status?: number;
}

/** Asks the server through its public address what arrives there. */
export class Visitor {
  readonly address: OwnAddress;
  readonly #token: string;

  constructor(address: OwnAddress, token: string) {
    this.address = address;
    this.#token = token;
  }

  get credentials(): Readonly<Record<string, string>> {
    return { [DIAGNOSTICS_TOKEN_HEADER]: this.#token };
  }

  async visit({ method = 'GET', headers = {}, status }: VisitRequest = {}): Promise<VisitResult> {
    const probe = randomUUID();
    const answer = await this.address.ask({
      path: DIAGNOSTICS_PATH,
      method,
      headers: {
        ...headers,
        ...this.credentials,
        [DIAGNOSTICS_PROBE_HEADER]: probe,
        ...(status !== undefined && { [DIAGNOSTICS_STATUS_HEADER]: String(status) }),
      },
    });
    if (answer.outcome === 'unreached') return answer;
    const report = diagnosticsReportSchema.safeParse(parse(answer.body));
    if (answer.status !== (status ?? 200) || !report.success) return { outcome: 'strange', status: answer.status };
    return { outcome: 'visited', answer, report: report.data, isFresh: report.data.request.probe === probe };
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
