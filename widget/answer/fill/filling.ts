import type { SignupUser } from '../../attempt/signup-flow.ts';
import { bare } from '../../bare.ts';
import type { Place } from '../fields/autofill.ts';
import type { NamedAutofill } from '../fields/fields.ts';
import { hasLearned, isEnglish, learnSpellings } from '../fields/learn-spellings.ts';
import { attemptsFor } from './attempts.ts';
import { type Control, controlsOf, isSelect } from './controls.ts';
import { enter, entriesOf, entryOf, type FilledControl, isBlank, isFree } from './ledger.ts';
import { isIgnored, isReachable, takesText } from './reachable.ts';
import { fieldsToFill } from './sections.ts';
import { type FormField, isStrange, understand } from './understand.ts';
import { empty, writeOneOf } from './write-one-of.ts';

/** How long the caller waits. A form that is not done by then is filled further, but nobody waits for it. */
const PATIENCE_MS = 1_500;
/** How long fields are filled that appear because of the filling, or whose lists arrive. */
const WHILE_MS = 10_000;
/** By then, frameworks have rendered. */
const UNDONE_MS = 50;
/** A page changes several things at once. Chromium waits as long before it fills again. */
const SETTLE_MS = 200;
/** How long a form waits for what fields are called in its language. Most often it is there already. */
const LEARNING_MS = 1_000;
/** How often a page is looked at that cannot be observed. */
const LOOK_MS = 500;
/** A page that empties a control each time wants it empty. */
const MOST_WRITES = 3;

/** Of what does not load. */
const NOTHING = { values: [] };

const LEFT_EMPTY = '<signup-with-platform> left a control empty, because it does not keep the value:';

/** One person's values on their way into one form. */
export class Filling {
  readonly #form: HTMLFormElement;
  readonly #user: SignupUser;
  readonly #writes = new WeakMap<Control, number>();
  /** What stood in a control when it was filled. */
  readonly #kept = new WeakMap<Control, string>();
  /** Controls that refused the value, with what they offered then. */
  readonly #refused = new WeakMap<Control, number>();
  readonly #abort = new AbortController();
  #running = false;
  #isLearning = false;
  #again = false;

  constructor(form: HTMLFormElement, user: SignupUser) {
    this.#form = form;
    this.#user = bare({ ...user });
  }

  end(): void {
    this.#abort.abort();
  }

  async start(): Promise<readonly FilledControl[]> {
    this.#watch();
    await atMost(PATIENCE_MS, this.#runTwice());
    const filled = [...entriesOf(this.#form).values()].filter(
      ({ control }) => control.isConnected && !isBlank(control),
    );
    return filled.map(({ control, claim }) => ({ control, claim }));
  }

  /** The second time finds what a page has undone meanwhile without a change of its elements. */
  async #runTwice(): Promise<void> {
    await this.#run();
    await new Promise((resolve) => setTimeout(resolve, UNDONE_MS));
    await this.#run();
  }

  /** Goes through the form until nothing is left to be done. One run at a time. */
  async #run(): Promise<void> {
    if (this.#running) {
      this.#again = true;
      return;
    }
    this.#running = true;
    do {
      this.#again = false;
      await this.#pass();
    } while (this.#again);
    this.#running = false;
  }

  async #pass(): Promise<void> {
    try {
      await this.#learn();
      const fields = this.#fields();
      const place = this.#place(fields);
      for (const field of fields) {
        await this.#fill(
          field,
          isLackingCode(field, fields, this.#user, place) ? bare({ ...this.#user, phone_number: '' }) : this.#user,
          { ...place, shown: field.shown },
        );
      }
    } catch (error) {
      if (!this.#abort.signal.aborted) reportError(error);
    }
  }

  /** Where the page is not in English, or English does not explain every control. What comes too late is used for another run. */
  async #learn(): Promise<void> {
    if (hasLearned() || this.#isLearning) return;
    const isReason = (control: Control) => takesText(control) && isReachable(control) && isStrange(control);
    if (isEnglish(this.#language()) && !this.#controls().some(isReason)) return;
    this.#isLearning = true;
    const learning = learnSpellings();
    await atMost(LEARNING_MS, learning);
    if (hasLearned()) return;
    void learning.then(() => {
      if (hasLearned() && !this.#abort.signal.aborted) void this.#run();
    });
  }

  #controls(): Control[] {
    return controlsOf(this.#form).filter((control) => !isIgnored(control));
  }

  #fields(): FormField[] {
    const form = this.#form;
    const understood = this.#controls().flatMap((control) => understand(control) ?? []);
    return fieldsToFill(understood.filter((field) => entryOf(form, field) || isReachable(field.control)));
  }

  #place(fields: readonly FormField[]): Place {
    const language = this.#language();
    const asksForCountry = fields.some(({ autofill }) => /^country/.test(autofill.token));
    return { language, country: asksForCountry ? this.#user.address?.country : countryOf(language) };
  }

  #language(): string | undefined {
    const around = Element.prototype.closest.call(this.#form, '[lang]');
    return around ? (Reflect.get(HTMLElement.prototype, 'lang', around) as string) : undefined;
  }

  async #fill(field: FormField, user: SignupUser, place: Place): Promise<void> {
    const form = this.#form;
    const { control, autofill, section } = field;
    const { token, claim, keepsDefault } = autofill;
    const isText = !/^(date|select)/.test(control.type);
    // What is loaded for it may not load. Meanwhile, the person may have typed, or somebody else have signed up.
    const values = (isText && (await autofill.asText?.(user, place).catch(() => []))) || autofill.values(user, place);
    this.#abort.signal.throwIfAborted();
    const ours = entryOf(form, field);
    if (!control.isConnected || !(ours || isFree(control, keepsDefault))) return;
    const entry = { control, claim, token, section };
    if (ours && this.#kept.get(control) === control.value) return;
    const attempts = attemptsFor(control, { ...autofill, values: () => values }, user, place);
    if (attempts.isRight(control.value)) {
      if (ours) enter(form, entry, ours);
      return;
    }
    const writes = this.#writes.get(control) ?? 0;
    const offers = isSelect(control) ? control.options.length : 0;
    if (this.#refused.get(control) === offers || writes === MOST_WRITES) return;
    this.#writes.set(control, writes + 1);
    enter(form, entry, ours);
    if ((await writeOneOf(control, attempts)) || (await this.#fillWithMore(field, values, user, place))) {
      this.#kept.set(control, control.value);
      return;
    }
    entriesOf(form).delete(control);
    if (ours) await empty(control);
    if (!values.some(Boolean)) return;
    this.#refused.set(control, offers);
    console.warn(LEFT_EMPTY, control);
  }

  async #fillWithMore(
    { control, autofill }: FormField,
    first: ReturnType<NamedAutofill['values']>,
    user: SignupUser,
    place: Place,
  ): Promise<boolean> {
    if (!autofill.more || !first.some(Boolean)) return false;
    const { values, ...others } = await autofill.more(user, place).catch(() => NOTHING);
    this.#abort.signal.throwIfAborted();
    // Last, a number without its plus, since one as it is dialled in the form's country says more.
    const all = {
      ...autofill,
      ...others,
      values: () => (isSelect(control) ? [...first, ...values] : [...values, ...first]),
    };
    return writeOneOf(control, attemptsFor(control, all, user, place, autofill.typed?.(user)));
  }

  /** Fills again when the page changes, until the person does something. */
  #watch(): void {
    const { signal } = this.#abort;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let observer: MutationObserver | undefined;
    const look = () => void this.#run();
    try {
      observer = new MutationObserver(() => {
        clearTimeout(timer);
        timer = setTimeout(look, SETTLE_MS);
      });
      observer.observe(document, {
        subtree: true,
        childList: true,
        attributeFilter: ['class', 'style', 'hidden', 'disabled', 'readonly'],
      });
    } catch {
      // The page has broken it. What it would tell is looked for instead.
      timer = setInterval(look, LOOK_MS);
    }
    const stop = (event?: Event) => {
      if (event && !event.isTrusted) return;
      clearTimeout(timer);
      observer?.disconnect();
    };
    for (const type of ['keydown', 'pointerdown', 'submit']) addEventListener(type, stop, { capture: true, signal });
    // A form that starts over is not filled any further.
    addEventListener('reset', ({ target }) => target === this.#form && this.end(), { capture: true, signal });
    setTimeout(stop, WHILE_MS);
    signal.addEventListener('abort', () => stop());
  }
}

/** Waits for what is done, but not for longer. Not `Promise.race`, which some pages' own promises lack. */
function atMost(ms: number, done: Promise<void>): Promise<void> {
  return new Promise((resolve, reject) => {
    setTimeout(resolve, ms);
    done.then(resolve, reject);
  });
}

/** Where a language is spoken: `nl` in NL, `pt-BR` in BR. */
function countryOf(language: string | undefined): string | undefined {
  try {
    return language ? new Intl.Locale(language).maximize().region : undefined;
  } catch {
    return undefined;
  }
}

/** A number without its calling code would be another one, where the control for the code does not have it. */
function isLackingCode({ autofill }: FormField, fields: readonly FormField[], user: SignupUser, place: Place): boolean {
  if (autofill.token !== 'tel-subscriber') return false;
  const code = fields.find((one) => one.autofill.token === 'tel-country-code');
  return Boolean(code && !attemptsFor(code.control, code.autofill, user, place).isRight(code.control.value));
}
