import {
  FINDING_TEXTS,
  type Finding,
  type FindingText,
  type Severity,
  type WidgetErrorCode,
} from '@signup-with-platform/protocol';
import type { SignupFailure } from '../attempt/signup-flow.ts';

/** One note to the developer. It is text, so that nothing from the page ever becomes markup. */
export interface Note {
  severity: Severity;
  title: string;
  remedy?: string | undefined;
  copy?: string | undefined;
  /** The whole note, for the console. */
  text: string;
}

/** What to do after an attempt that ended in an error. */
const REMEDIES: Readonly<Record<WidgetErrorCode, string>> = {
  misconfigured: 'Correct the attribute that the message names, or serve the page over https.',
  page_broken:
    'Find the script that replaces what the message names, and keep it from this page, or load widget.js before it.',
  popup_blocked:
    'Call signUp() while the person clicks, before anything is awaited. With a redirect-uri, the page itself goes to the ' +
    'platform where no popup can open.',
  fedcm_failed:
    'Nothing, if it is rare, because the next press opens the popup. Otherwise: is /.well-known/web-identity served at the ' +
    'registrable domain of the platform, and does connect-src allow the platform?',
  popup_unreachable:
    'See the findings about the origin and about Cross-Origin-Opener-Policy. If there are none, the window was closed too early.',
  platform_unreachable:
    'Does the platform answer at /jwks, and does connect-src allow it? If so, the network or a proxy was down for a moment.',
  timed_out: 'The person did not finish within ten minutes. Try again.',
  platform_error:
    'The message says which part of the request is wrong. The app’s event log in the portal has the details.',
  invalid_credential:
    'The signature or a claim is wrong. Does the attribute platform name the app’s platform, and is the clock of this device right?',
  keys_unavailable: 'Allow the platform in the connect-src of your Content-Security-Policy.',
  script_unavailable: 'Allow the platform in the script-src of your Content-Security-Policy.',
};

export function findingNote({ code, severity, facts, copy }: Finding): Note {
  const { title, remedy }: FindingText = FINDING_TEXTS[code];
  const fill = (text: string) =>
    text.replaceAll(/\{(\w+)\}/g, (placeholder, name: string) => facts[name] ?? placeholder);
  return noteOf({ severity, title: fill(title), remedy: remedy && fill(remedy), copy });
}

export function attemptNote({ code, message }: SignupFailure): Note {
  return noteOf({ severity: 'error', title: `Attempt failed, ${code}: ${message}`, remedy: REMEDIES[code] });
}

function noteOf(note: Omit<Note, 'text'>): Note {
  return { ...note, text: [note.title, note.remedy, note.copy].filter(Boolean).join('\n') };
}

/** Renders the part `debug` of the element. */
export class DebugNote {
  readonly #element = elementOf('div', { part: 'debug', role: 'note', lang: 'en', dir: 'ltr' });
  readonly #heading = elementOf('strong', {}, 'Debug: looking at this page…');
  readonly #findings = elementOf('div');
  readonly #attempts = elementOf('ul');

  constructor(root: ShadowRoot) {
    const hint = elementOf('small', {}, 'For developers. Remove the attribute debug before people see this.');
    this.#element.append(this.#heading, this.#attempts, this.#findings, hint);
    root.querySelector('[part="status"]')?.after(this.#element);
  }

  showFindings(notes: readonly Note[]): void {
    const problems = notes.filter(({ severity }) => severity !== 'ok');
    const passed = notes.filter(({ severity }) => severity === 'ok');
    this.#heading.textContent =
      problems.length === 0
        ? 'Debug: no problem was found.'
        : `Debug: ${problems.length} thing${problems.length === 1 ? '' : 's'} to mend.`;
    this.#findings.replaceChildren(list(problems));
    if (passed.length === 0) return;
    const details = elementOf('details');
    details.append(elementOf('summary', {}, `In order: ${passed.length}`), list(passed));
    this.#findings.append(details);
  }

  /** The latest note comes first. */
  showAttempt(note: Note): void {
    this.#attempts.prepend(item(note));
  }

  remove(): void {
    this.#element.remove();
  }
}

function list(notes: readonly Note[]): HTMLElement {
  const element = elementOf('ul');
  element.append(...notes.map(item));
  return element;
}

function item({ severity, title, remedy, copy }: Note): HTMLElement {
  const element = elementOf('li', { class: severity });
  element.append(elementOf('b', {}, title));
  if (remedy) element.append(elementOf('p', {}, remedy));
  if (copy) element.append(elementOf('code', {}, copy));
  return element;
}

function elementOf(name: string, attributes: Readonly<Record<string, string>> = {}, text = ''): HTMLElement {
  const element = document.createElement(name);
  for (const [attribute, value] of Object.entries(attributes)) element.setAttribute(attribute, value);
  element.textContent = text;
  return element;
}
