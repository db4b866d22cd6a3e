import type { PopupRequest, ResponseMessage } from '@signup-with-platform/protocol';
import { html, LitElement, type PropertyValues } from 'lit';
import type { Answer } from './after-click.ts';
import { SignupCancelEvent, SignupErrorEvent, SignupStartEvent, SignupSuccessEvent } from './events.ts';
import { openPopup, POPUP_TIMINGS, type PopupTimings } from './popup.ts';
import {
  IDLE,
  isUnderWay,
  type SignupFailure,
  type SignupFlow,
  type SignupFlowEvent,
  type SignupState,
  type SignupUser,
  transition,
} from './signup-flow.ts';
import { styles } from './signup-with-platform.styles.ts';
import { defaultStrings, type Strings, stringsFor } from './strings/strings.ts';

/** What one click started, and all that it needs until it is settled. */
interface Attempt {
  /** Also the `state` parameter of the request. */
  readonly id: string;
  readonly clientId: string;
  readonly nonce: string;
  readonly abort: AbortController;
  popup?: Window | undefined;
  answer?: Promise<Answer>;
}

/**
 * A button that lets the platform's users sign up here without a form. It opens the platform's popup, verifies the signed
 * answer, shows it, fills the page's form, and submits the credential along with it.
 *
 * ```html
 * <script type="module" src="https://platform.example/widget.js"></script>
 * <signup-with-platform client-id="…" fields="name email"></signup-with-platform>
 * ```
 *
 * @tag signup-with-platform
 * @attr {string} client-id - Required: the public id of the app's environment.
 * @attr {string} platform - Origin of the platform. Default: the origin this script was loaded from; required with the npm
 *   package, which is loaded from the page's own.
 * @attr {string} fields - Claims to ask for, separated by spaces or commas. Default: what the app registered.
 * @attr {string} language - BCP 47, of the widget and the popup. Default: the browser's.
 * @attr {'light'|'dark'|'auto'} theme - Default: the page's own color-scheme.
 * @attr {'popup'|'redirect'|'auto'} mode - Only `popup` for now; the others are treated as such.
 * @attr {string} redirect-uri - For `mode="redirect"`; not used yet.
 * @attr {string} for - Id of the form to fill and to submit with. Default: the form around the element.
 * @attr {string} name - Form field that the credential is submitted as. Default: `credential`.
 * @attr {string} nonce - Comes back inside the credential; issue it and check it in the backend. Default: a random one.
 * @attr {'signup'|'signin'|'continue'} text - Which words the button bears. Default: `signup`.
 * @attr {boolean} disabled
 * @attr {SignupState} state - Reflects the property; for style sheets to read, not to be set.
 *
 * @fires {SignupStartEvent} signup-start - Before the popup opens; `preventDefault()` keeps it shut.
 * @fires {SignupSuccessEvent} signup-success - `detail`: `user`, `credential`, `code`, `isNewUser`. The form is filled by then.
 * @fires {SignupCancelEvent} signup-cancel - The person closed the popup or refused.
 * @fires {SignupErrorEvent} signup-error - `detail.code` says why, `detail.message` what to do, in English.
 *
 * @slot label - The button's words.
 * @slot output - Instead of the list of what was shared.
 *
 * @csspart container - Around everything; centred.
 * @csspart button
 * @csspart label - The words on the button.
 * @csspart status - A message to the person, read out by screen readers as it changes.
 * @csspart output - What was shared; hidden until then.
 *
 * @cssproperty --signup-accent - Background of the button.
 * @cssproperty --signup-accent-hover - The same, under the pointer.
 * @cssproperty --signup-on-accent - Text on the button.
 * @cssproperty --signup-text - Text of the output.
 * @cssproperty --signup-font - Font family.
 * @cssproperty --signup-radius - Radius of button and output.
 */
export class SignupWithPlatform extends LitElement {
  static readonly formAssociated = true;
  static override shadowRootOptions: ShadowRootInit = { ...LitElement.shadowRootOptions, delegatesFocus: true };
  static override styles = styles;
  static override properties = {
    clientId: { attribute: 'client-id' },
    platform: {},
    fields: {},
    language: {},
    theme: {},
    mode: {},
    redirectUri: { attribute: 'redirect-uri' },
    htmlFor: { attribute: 'for' },
    name: {},
    text: {},
    disabled: { type: Boolean, reflect: true },
  };

  declare clientId: string | undefined;
  declare platform: string | undefined;
  declare fields: string | undefined;
  declare language: string | undefined;
  declare theme: 'light' | 'dark' | 'auto' | undefined;
  declare mode: 'popup' | 'redirect' | 'auto' | undefined;
  declare redirectUri: string | undefined;
  declare htmlFor: string | undefined;
  declare name: string | undefined;
  declare text: 'signup' | 'signin' | 'continue' | undefined;
  declare disabled: boolean;
  // `nonce` is HTMLElement's own: under a CSP header browsers empty the attribute, and only that property keeps the value.

  /** In milliseconds; for tests. */
  timings: Readonly<PopupTimings> = POPUP_TIMINGS;

  readonly #internals = this.attachInternals();
  #flow: SignupFlow = IDLE;
  #attempt: Attempt | undefined;
  #answer: Answer | undefined;
  #strings: Strings = defaultStrings;
  #disabledByFieldset = false;

  /** Where the sign-up stands. */
  get state(): SignupState {
    return this.#flow.name;
  }

  /** What the verified credential says, once `state` is `completed`. */
  get user(): SignupUser | undefined {
    return this.#flow.name === 'completed' ? this.#flow.user : undefined;
  }

  /** The verified ID token, once `state` is `completed`. Valid for 5 minutes. */
  get credential(): string | undefined {
    return this.#flow.name === 'completed' ? this.#flow.credential : undefined;
  }

  /** The form that is filled, and submitted with. */
  get form(): HTMLFormElement | null {
    return this.#internals.form;
  }

  /** What a click on the button does; call it in a click too, or the browser blocks the popup. While one is open, it is focused. */
  signUp(): void {
    if (this.disabled || this.#disabledByFieldset) return;
    if (this.#attempt) {
      this.#attempt.popup?.focus();
      return;
    }
    if (!this.dispatchEvent(new SignupStartEvent())) return;

    // Who has a session passes without a page; after a success the button offers another account, so somebody has to be asked.
    const prompt = this.state === 'completed' ? { prompt: 'login' as const } : {};
    const id = randomToken();
    const nonce = this.nonce || randomToken();
    const attempt: Attempt = { id, nonce, clientId: this.clientId ?? '', abort: new AbortController() };
    this.#attempt = attempt;
    this.#send({ type: 'start', attempt: id });
    const platform = originOf(this.platform || import.meta.url);
    const mistake = this.#mistake(platform);
    if (mistake) {
      this.#fail(id, { code: 'misconfigured', message: mistake });
      return;
    }
    const request: PopupRequest = { client_id: attempt.clientId, origin: location.origin, state: id, nonce, ...prompt };
    for (const key of ['fields', 'language', 'theme'] as const)
      if (this[key]) Object.assign(request, { [key]: this[key] });
    attempt.popup = openPopup({
      url: `${platform}/popup?${new URLSearchParams({ ...request })}`,
      platform,
      state: id,
      timings: this.timings,
      signal: attempt.abort.signal,
      onEvent: (event) => this.#send(event),
    });
    if (!attempt.popup) return;
    // Not before the popup is open, and never where nobody clicks. A failure shows when the answer needs it.
    const options = { html, root: this.renderRoot as ShadowRoot, platform, language: this.#strings.language };
    attempt.answer = import('./after-click.ts').then((module) => module.prepareAnswer(options));
    attempt.answer.catch(() => {});
  }

  /** Back to the start, silently: closes the popup, forgets the credential. What was filled into the form stays. */
  reset(): void {
    this.#send({ type: 'reset' });
  }

  #mistake(platform: string): string | undefined {
    if (!isSecureContext) return 'Serve this page over HTTPS, or from localhost.';
    if (!this.clientId) return 'Set the attribute client-id.';
    if (!platform.startsWith('http')) return 'Set the attribute platform to the origin of the platform.';
    return;
  }

  #send(event: SignupFlowEvent): void {
    const flow = transition(this.#flow, event);
    if (flow === this.#flow) return;
    this.#flow = flow;
    this.requestUpdate();

    if (flow.name === 'waiting' && flow.response) this.#verify(flow.response);
    if (isUnderWay(flow)) return;
    this.#attempt?.abort.abort();
    this.#attempt = undefined;
    this.#setFormValue();

    if (flow.name === 'completed') {
      const { user, credential, code } = flow;
      if (user && this.form) this.#answer?.fillForm(this.form, user);
      this.dispatchEvent(new SignupSuccessEvent({ user, credential, code, isNewUser: user?.isNewUser }));
    } else if (flow.name === 'cancelled') this.dispatchEvent(new SignupCancelEvent());
    else if ('failure' in flow) {
      // Somebody has to mend something; a vendor's developer looks here first.
      if (flow.name === 'failed') console.error(`<signup-with-platform> ${flow.failure.code}: ${flow.failure.message}`);
      this.dispatchEvent(new SignupErrorEvent(flow.failure));
    }
  }

  async #verify({ credential = '', iss, state }: ResponseMessage): Promise<void> {
    const attempt = this.#attempt;
    if (!attempt) return;
    try {
      this.#answer = await attempt.answer;
      const { clientId, nonce } = attempt;
      const user = await this.#answer?.verify(credential, { issuer: iss, clientId, nonce });
      if (user) this.#send({ type: 'verified', attempt: state, user });
    } catch (error) {
      // A script that did not load has no code of its own, and leaves the credential unchecked as well.
      const { code = 'keys_unavailable', message } = error as SignupFailure;
      this.#fail(state, { code, message });
    }
  }

  #fail(attempt: string, failure: SignupFailure): void {
    this.#send({ type: 'failed', attempt, failure });
  }

  /** As form data, which is submitted even without a `name` attribute. */
  #setFormValue(): void {
    const { credential } = this;
    let value: FormData | null = null;
    if (credential) {
      value = new FormData();
      value.set(this.name || 'credential', credential);
    }
    this.#internals.setFormValue(value);
  }

  formResetCallback(): void {
    this.reset();
  }

  formDisabledCallback(disabled: boolean): void {
    this.#disabledByFieldset = disabled;
    this.requestUpdate();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    // Moved within the page, it is connected again at once, and the popup can stay.
    queueMicrotask(() => this.isConnected || this.reset());
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('language')) this.#speak(this.language);
  }

  async #speak(language: string | undefined): Promise<void> {
    const strings = await stringsFor(language);
    if (language !== this.language) return;
    this.#strings = strings;
    this.requestUpdate();
  }

  protected override updated(changed: PropertyValues<this>): void {
    // The platform's own `form` attribute makes the form with that id the owner of a form-associated element.
    if (this.htmlFor) this.setAttribute('form', this.htmlFor);
    if (changed.has('name')) this.#setFormValue();
    this.setAttribute('state', this.state);
  }

  protected override render() {
    const strings = this.#strings;
    const flow = this.#flow;
    const { text } = this;
    const open = isUnderWay(flow);
    const done = flow.name === 'completed';
    return html`
      <div part="container" lang=${strings.language}>
        <button
          part="button"
          type="button"
          class=${done ? 'quiet again' : open ? 'quiet' : ''}
          ?disabled=${this.disabled || this.#disabledByFieldset}
          @click=${this.signUp}
        >
          <svg viewBox="0 0 24 24" aria-hidden="true"><path d=${open ? WINDOW : PERSON} /></svg>
          <span part="label">${
            open
              ? strings.show
              : done
                ? strings.again
                : html`<slot name="label">${strings[text === 'signin' || text === 'continue' ? text : 'signup']}</slot>`
          }</span>
        </button>
        <div part="status" role="status" dir="auto" class=${tone(flow)}>${statusText(flow, strings)}</div>
        <div part="output" ?hidden=${!done}>
          <slot name="output">${this.user && this.#answer?.userOutput(this.user)}</slot>
        </div>
      </div>
    `;
  }
}

/** Icons: outlines on a 24 px square. */
const PERSON = 'M12 4a4 4 0 1 1 0 8 4 4 0 0 1 0-8M4 21a8 8 0 0 1 16 0';
const WINDOW = 'M10 5H5v14h14v-5M14 4h6v6M20 4l-9 9';

function statusText(flow: SignupFlow, strings: Strings): string {
  if (flow.name === 'idle') return '';
  if ('failure' in flow) return strings[flow.failure.code as 'timed_out'] ?? strings.failed;
  if (flow.name === 'waiting' && flow.response) return strings.checking;
  if (flow.name === 'completed' && !flow.user) return strings.code;
  return strings[flow.name];
}

function tone(flow: SignupFlow): string {
  return flow.name === 'completed' ? 'good' : 'failure' in flow ? 'hint' : '';
}

/** 128 random bits. */
function randomToken(): string {
  return crypto.getRandomValues(new Uint32Array(4)).join('-');
}

/** @returns an empty string for what is no URL; `null` (as a string) for one without an origin, such as `file:` */
function originOf(url: string): string {
  return URL.canParse(url) ? new URL(url).origin : '';
}

declare global {
  interface HTMLElementTagNameMap {
    'signup-with-platform': SignupWithPlatform;
  }
}
