import { html } from '@lit-labs/ssr';
import type { Language } from '@signup-with-platform/messages';
import { nothing } from 'lit';
import type { Admitted, Puzzle } from '../domain/bots/bot-check.ts';
import { tooManyAttempts } from './forms.ts';
import { type Inline, inlineScript } from './inline.ts';
import { solvePuzzle } from './scripts/solve-puzzle.ts';

/** Somebody who has not yet shown that they are no bot. */
export type Unproven = Exclude<Admitted, { outcome: 'admitted' }>;

const script = inlineScript(solvePuzzle);

/** For every page with {@link puzzleField}, after the script of every form. Nothing where there is no puzzle. */
export function puzzleScripts(puzzle: Puzzle | undefined): Inline[] {
  return puzzle ? [script()] : [];
}

/**
 * What a form carries while somebody has to show that they are no bot. Without a script, it says how long to wait before the form is sent.
 * @param options.sendsItself whether the form has nothing to be typed, so that it is sent as soon as the puzzle is solved. Default: no
 */
export function puzzleField(
  puzzle: Puzzle | undefined,
  { t, duration }: Language,
  { sendsItself = false } = {},
): unknown {
  if (!puzzle) return nothing;
  const { altcha, pauseMs } = puzzle;
  const pause = t('shared.botCheck.pause', { duration: duration(pauseMs / 1000, 'second') });
  return html`<input type="hidden" name="altcha" value=${altcha} data-pause-ms=${pauseMs} ?data-auto=${sendsItself}>
<p class="small muted" role="status" data-puzzle=${t('shared.botCheck.working')}>${pause}</p>`;
}

/** Why the form is shown again. */
export function unprovenWords(unproven: Unproven, language: Language): string {
  const { t, duration } = language;
  switch (unproven.outcome) {
    case 'puzzle':
      return t('shared.botCheck.again');
    case 'too_early':
      return t('shared.botCheck.early', { duration: duration(Math.ceil(unproven.retryAfterMs / 1000), 'second') });
    case 'too_many_attempts':
      return tooManyAttempts(Math.ceil(unproven.retryAfterMs / 60_000), language);
  }
}
