import type { html as Html, TemplateResult } from 'lit';
import type { OpenAttempt } from '../open-attempt.ts';
import { en } from '../strings/en.ts';
import type { Labels, Strings } from '../strings/strings.ts';
import { doneLine, sharedFields } from './done-line.ts';
import { isUnderWay, type SignupFlow } from './signup-flow.ts';

/** What the element shows in addition to its label. */
export interface View {
  /** Shown instead of the label. */
  readonly button?: string;
  /** Shown instead of the button. */
  readonly line?: TemplateResult;
  /** A message to the person. */
  readonly status: string;
  readonly tone: '' | 'unseen' | 'hint';
}

/**
 * @param labels the words of the element. In English these are only its labels, and the others are added here
 * @param attempt the current one. An attempt without a window does not change the button
 */
export function viewOf(
  flow: SignupFlow,
  labels: Labels,
  attempt: Pick<OpenAttempt, 'popup'> | undefined,
  { html, ...change }: { html: typeof Html; disabled: boolean; onChange: () => void },
): View {
  const strings: Strings = { ...en, ...labels };
  return {
    ...(isUnderWay(flow) &&
      attempt?.popup && { button: flow.name === 'opening' && flow.cutOff ? strings.restart : strings.show }),
    ...(flow.name === 'completed' && { line: doneLine(html, flow.user, strings, change) }),
    status: statusText(flow, strings, Boolean(attempt?.popup)),
    tone: flow.name === 'completed' ? 'unseen' : 'failure' in flow ? 'hint' : '',
  };
}

/** The text stays the same from the click to the answer, so that it is read out once, and nothing on the page moves. */
function statusText(flow: SignupFlow, strings: Strings, hasWindow: boolean): string {
  if (flow.name === 'idle') return '';
  if ('failure' in flow)
    return flow.framed ? strings.framed : (strings[flow.failure.code as 'timed_out'] ?? strings.failed);
  if (isUnderWay(flow)) return hasWindow ? strings.waiting : strings.checking;
  if (flow.name === 'cancelled') return strings.cancelled;
  const shared = flow.user && sharedFields(flow.user, strings);
  return shared ? strings.completed.replace('{fields}', () => shared) : strings.code;
}
