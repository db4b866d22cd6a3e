import { en } from '../strings/en.ts';
import type { Labels, Strings } from '../strings/strings.ts';
import { isUnderWay, type SignupFlow } from './signup-flow.ts';

/** What the element shows besides its label. */
export interface View {
  /** Instead of the label. */
  readonly button?: string;
  /** A message to the person. */
  readonly status: string;
  readonly tone: '' | 'good' | 'hint';
}

/** @param labels in English, its other words are here */
export function viewOf(flow: SignupFlow, labels: Labels): View {
  const strings: Strings = { ...en, ...labels };
  return {
    ...(isUnderWay(flow)
      ? { button: 'cutOff' in flow && flow.cutOff ? strings.restart : strings.show }
      : flow.name === 'completed'
        ? { button: strings.again }
        : {}),
    status: statusText(flow, strings),
    tone: flow.name === 'completed' ? 'good' : 'failure' in flow ? 'hint' : '',
  };
}

function statusText(flow: SignupFlow, strings: Strings): string {
  if (flow.name === 'idle') return '';
  if ('failure' in flow) return strings[flow.failure.code as 'timed_out'] ?? strings.failed;
  if (flow.name === 'waiting' && flow.response) return strings.checking;
  if (flow.name === 'opening' && flow.leaving) return strings.checking;
  if (flow.name === 'opening' && flow.cutOff) return strings.waiting;
  if (flow.name === 'completed' && !flow.user) return strings.code;
  return strings[flow.name];
}
