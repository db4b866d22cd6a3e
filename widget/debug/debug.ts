import type { SignupFailure } from '../attempt/signup-flow.ts';
import { styles } from './debug.styles.ts';
import { type InspectedElement, inspect } from './inspect.ts';
import { attemptNote, DebugNote, findingNote } from './note.ts';

interface DebuggedElement extends InspectedElement {
  readonly debug: boolean;
}

interface Session {
  readonly note: DebugNote;
  /** The attributes that were inspected last. A change of them starts a new inspection. */
  subject: string;
  readonly stop: AbortController;
}

const sessions = new WeakMap<HTMLElement, Session>();
/** Each finding is reported once per page, however often it is made. */
const told = new Set<string>();

/**
 * Implements the attribute `debug`: it inspects the page around the element, and tells the developer in the console and below the status
 * what does not work and why. It is called after each update of the element, and does nothing when nothing has changed.
 *
 * @param platform origin of the platform; empty or `null` when there is none
 */
export function debugElement(element: DebuggedElement, root: ShadowRoot, platform: string): void {
  const session = sessions.get(element);
  if (!element.debug) {
    session?.note.remove();
    session?.stop.abort();
    sessions.delete(element);
    return;
  }
  const { clientId, redirectUri, nonce, fields } = element;
  const subject = JSON.stringify([platform, clientId, redirectUri, nonce, fields]);
  if (session?.subject === subject) return;
  const current = session ?? begin(element, root);
  current.subject = subject;
  void inspect(element, platform).then((findings) => {
    if (current.subject !== subject || current.stop.signal.aborted) return;
    const notes = findings.map(findingNote);
    current.note.showFindings(notes);
    for (const { severity, text } of notes) if (severity !== 'ok') tell(text);
  });
}

function begin(element: DebuggedElement, root: ShadowRoot): Session {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(styles);
  root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
  const session = { note: new DebugNote(root), subject: '', stop: new AbortController() };
  sessions.set(element, session);
  element.addEventListener(
    'signup-error',
    (event) => {
      const note = attemptNote((event as CustomEvent<SignupFailure>).detail);
      session.note.showAttempt(note);
      tell(note.text);
    },
    session.stop,
  );
  return session;
}

function tell(text: string): void {
  if (told.has(text)) return;
  told.add(text);
  console.warn(`<signup-with-platform debug> ${text}`);
}
