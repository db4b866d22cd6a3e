/** Values of Cross-Origin-Opener-Policy (HTML section 7.1.3) that a shop's page may send. */
export const POLICIES = ['unsafe-none', 'same-origin-allow-popups', 'same-origin', 'noopener-allow-popups'] as const;
export type Policy = (typeof POLICIES)[number];

/** What happens to an attempt, in the words of docs/compatibility.md. */
export const OUTCOMES = {
  granted: 'the person agrees',
  cancelled: 'the person presses Cancel',
  closed: 'the person closes the window, or goes back',
  error: 'the platform refuses the request',
  slow: 'the platform is slow to show its first page',
  offline: 'the connection is lost on the way, and comes back',
  'reloaded there': 'the page of the platform is reloaded on the way',
  'reloaded here': 'the shop’s page is reloaded, while the person is at the platform or after the answer',
} as const;
export type Outcome = keyof typeof OUTCOMES;

/** How the answer comes back. `none`: it cannot come back, and the element says why. */
export type Way = 'message' | 'relay' | 'redirect' | 'fedcm' | 'none';

/** The final state of the element. */
export interface Expected {
  readonly state: 'idle' | 'opening' | 'completed' | 'cancelled' | 'failed';
  /** With `failed`. */
  readonly code?: 'platform_error' | 'popup_unreachable';
}

export interface Row {
  readonly policy: Policy;
  /** Whether the tag names a redirect URI. */
  readonly redirectUri: boolean;
  readonly way: Way;
  readonly outcomes: Readonly<Partial<Record<Outcome, Expected>>>;
}

const completed = { state: 'completed' } as const;
const cancelled = { state: 'cancelled' } as const;
const refused = { state: 'failed', code: 'platform_error' } as const;
const unreachable = { state: 'failed', code: 'popup_unreachable' } as const;
/** True when a person who presses the button again is not asked again. */
const idle = { state: 'idle' } as const;

const ANSWERED = {
  granted: completed,
  cancelled,
  closed: cancelled,
  error: refused,
  slow: completed,
  offline: completed,
  'reloaded there': completed,
  'reloaded here': idle,
} as const satisfies Row['outcomes'];

const OUTCOMES_OF: Readonly<Record<Way, Row['outcomes']>> = {
  message: ANSWERED,
  // Nobody can see whether the window is closed, so the element keeps waiting, and its button offers to start again.
  relay: { ...ANSWERED, closed: { state: 'opening' } },
  redirect: ANSWERED,
  // The browser's own dialog is shown again, to continue or to give up, and the page is not told.
  fedcm: { ...ANSWERED, closed: { state: 'opening' } },
  none: {
    granted: unreachable,
    cancelled: unreachable,
    closed: unreachable,
    error: unreachable,
    slow: unreachable,
    offline: unreachable,
    'reloaded there': unreachable,
    'reloaded here': idle,
  },
};

/** The popup, as each page policy lets it answer. */
function popupWay(policy: Policy, redirectUri: boolean): Way {
  if (policy !== 'same-origin') return 'message';
  return redirectUri ? 'relay' : 'none';
}

function rowOf(policy: Policy, redirectUri: boolean, way: Way): Row {
  return { policy, redirectUri, way, outcomes: OUTCOMES_OF[way] };
}

/** The tests in Chromium: everything. */
export const CHROMIUM_ROWS: readonly Row[] = POLICIES.flatMap((policy) => [
  rowOf(policy, false, popupWay(policy, false)),
  rowOf(policy, true, popupWay(policy, true)),
  rowOf(policy, true, 'redirect'),
  rowOf(policy, true, 'fedcm'),
]);

/** The tests in Firefox: each way once. */
export const FIREFOX_ROWS: readonly Row[] = [
  rowOf('unsafe-none', false, 'message'),
  rowOf('same-origin', false, 'none'),
  rowOf('same-origin', true, 'relay'),
  rowOf('unsafe-none', true, 'redirect'),
].map(({ outcomes, ...row }) => ({
  ...row,
  outcomes: Object.fromEntries(
    Object.entries(outcomes).filter(([outcome]) => outcome === 'granted' || outcome === 'cancelled'),
  ),
}));

export interface Cell extends Omit<Row, 'outcomes'> {
  /** The title of a cell's test. */
  readonly id: string;
  readonly outcome: Outcome;
  readonly expected: Expected;
}

export function cellsOf(rows: readonly Row[]): Cell[] {
  return rows.flatMap(({ outcomes, ...row }) =>
    (Object.entries(outcomes) as [Outcome, Expected][]).map(([outcome, expected]) => ({
      ...row,
      outcome,
      expected,
      id: cellId(row, outcome),
    })),
  );
}

export function cellId({ policy, redirectUri, way }: Omit<Row, 'outcomes'>, outcome: Outcome): string {
  return `${WAY_NAMES[way]}, ${outcome}, ${policy}, ${redirectUri ? 'with' : 'without'} a redirect URI`;
}

export const WAY_NAMES: Readonly<Record<Way, string>> = {
  message: 'popup, message',
  relay: 'popup, relay',
  redirect: 'redirect',
  fedcm: 'the browser’s dialog',
  none: 'popup, cut off',
};
