import type { BarName } from './bars.ts';
import { clicks } from './click/click.ts';
import { firstPage } from './first-page.ts';
import { imports } from './import.ts';
import { overload } from './overload.ts';
import { healthUnderSignIns, passwordSignIn } from './password.ts';
import { returningPopup } from './popup.ts';
import { postgres } from './postgres.ts';
import type { Findings } from './report.ts';
import { soak } from './soak.ts';
import { starts } from './start.ts';
import { timing } from './timing/timing.ts';
import { tokenRequest } from './token-request.ts';
import { traces } from './traces.ts';
import { machineLogin, userRead } from './vendor-api.ts';
import { ways } from './ways/ways.ts';
import { widgetSize } from './widget-size.ts';

/** A part of the bench: what it measures, each with its baseline in the same run, and the bars that it is for. */
export interface Part {
  readonly bars: readonly BarName[];
  run(): Promise<Findings>;
}

const SOAK_MINUTES = 10;

/** By the name that `npm run bench -- <name>` takes. */
export const PARTS: Readonly<Record<string, Part>> = {
  widget: { bars: ['widget-before', 'widget-after'], run: widgetSize },
  page: { bars: ['page-bytes', 'page-requests'], run: firstPage },
  start: { bars: ['start-cpu', 'memory-rest', 'memory-load'], run: starts },
  login: { bars: ['login-bare', 'login-oidc'], run: machineLogin },
  read: { bars: ['read-bare', 'read-popup'], run: userRead },
  popup: { bars: ['popup-oidc'], run: returningPopup },
  click: { bars: ['popup-time', 'popup-requests'], run: clicks },
  ways: { bars: ['ways-windows'], run: ways },
  password: { bars: ['password-hashes'], run: passwordSignIn },
  health: { bars: ['healthz-p99'], run: healthUnderSignIns },
  overload: {
    bars: ['overload-p99', 'overload-health', 'overload-recovery', 'overload-others', 'overload-unlimited'],
    run: () => overload(),
  },
  token: { bars: ['token-algorithms'], run: tokenRequest },
  postgres: { bars: ['postgres-login', 'postgres-read', 'postgres-popup', 'postgres-password'], run: postgres },
  import: { bars: ['import-sqlite', 'import-memory', 'import-postgres'], run: imports },
  traces: { bars: ['traces-read', 'traces-popup'], run: traces },
};

/** Take many minutes, so they run by their names alone. */
export const LONG_PARTS: Readonly<Record<string, Part>> = {
  soak: {
    bars: ['soak-failures', 'soak-used', 'soak-resident', 'soak-rows', 'soak-file'],
    run: () => soak(SOAK_MINUTES),
  },
  timing: { bars: ['timing-medians', 'timing-ranks', 'timing-leaks'], run: timing },
};

/** What a part finds; when it fails, that none of its bars could be measured, and why. */
export async function findingsOf({ bars, run }: Part): Promise<Findings> {
  try {
    return await run();
  } catch (error) {
    console.error(error);
    const note = error instanceof Error ? error.message : String(error);
    return { verdicts: bars.map((bar) => ({ bar, value: undefined, note })) };
  }
}
