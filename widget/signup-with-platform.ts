import type { PopupRequest } from '@signup-with-platform/protocol';
import { html, LitElement, type PropertyValues } from 'lit';
import type { Answer } from './answer/answer.ts';
import type { Arrival, Departure } from './attempt/redirect.ts';
import type { SignupFlow, SignupState, SignupUser } from './attempt/signup-flow.ts';
import { SignupCancelEvent, SignupErrorEvent, SignupStartEvent, SignupSuccessEvent } from './events.ts';
import {
  type OpenAttempt,
  openAttempt,
  type Pkce,
  POPUP_TIMINGS,
  type PopupTimings,
  preparePkce,
} from './open-attempt.ts';
import { styles } from './signup-with-platform.styles.ts';
import { defaultStrings, type Labels, stringsFor } from './strings/strings.ts';

/** The server puts its own name here when it sends this script. */
const PLATFORM_NAME = 'Platform';

const IDLE: SignupFlow = { name: 'idle' };

/** What happens after a click, once it is loaded: soon, and once for all elements of a page. */
let later: typeof import('./attempt/attempt.ts') | undefined;
const loadLater = async () => {
  later ??= await import('./attempt/attempt.ts');
};

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
 * @attr {string} language - BCP 47, of the widget and the popup. Default: that of the page around the element.
 * @attr {'light'|'dark'|'auto'} theme - Default: the page's own color-scheme.
 * @attr {'popup'|'redirect'|'auto'} mode - `auto`, the default: a popup; the page itself goes to the platform and comes back where
 *   there can be none, if `redirect-uri` says whereto. `popup` and `redirect` allow the one or the other alone.
 * @attr {string} redirect-uri - A registered page of this origin that loads this script. It is where the answer comes when it cannot be
 *   posted here: the page went to the platform itself, or a Cross-Origin-Opener-Policy keeps the popup from it.
 * @attr {'id_token'|'code'} response-type - `code`: an authorization code for the backend to redeem, instead of a credential. Default:
 *   `id_token`.
 * @attr {string} code-challenge - With `response-type="code"`: the backend's own PKCE challenge (S256), whose verifier it keeps. Default: made
 *   here, and the verifier is submitted with the code.
 * @attr {string} for - Id of the form to fill and to submit with. Default: the form around the element.
 * @attr {string} name - Form field that the credential is submitted as. Default: `credential`.
 * @attr {string} nonce - Comes back inside the credential; issue it and check it in the backend. Default: a random one.
 * @attr {boolean} required - The form cannot be submitted without a sign-up.
 * @attr {string} login-uri - Address of this origin that the answer is posted to, as a form, once it is there: for pages without a script
 *   of their own. It carries `csrf_token`, which the cookie `signup_csrf_token` repeats.
 * @attr {'signup'|'signin'|'continue'} text - Which words the button bears. Default: `signup`.
 * @attr {boolean} disabled
 * @attr {boolean} debug - For developers: problems of the page are explained in the console and below the button, in English.
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
 * @csspart debug - What the attribute `debug` found.
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
    responseType: { attribute: 'response-type' },
    codeChallenge: { attribute: 'code-challenge' },
    htmlFor: { attribute: 'for' },
    name: {},
    required: { type: Boolean },
    loginUri: { attribute: 'login-uri' },
    text: {},
    disabled: { type: Boolean, reflect: true },
    debug: { type: Boolean },
  };

  declare clientId: string | undefined;
  declare platform: string | undefined;
  declare fields: string | undefined;
  declare language: string | undefined;
  declare theme: 'light' | 'dark' | 'auto' | undefined;
  declare mode: 'popup' | 'redirect' | 'auto' | undefined;
  declare redirectUri: string | undefined;
  declare responseType: 'id_token' | 'code' | undefined;
  declare codeChallenge: string | undefined;
  declare htmlFor: string | undefined;
  declare name: string | undefined;
  declare required: boolean;
  declare loginUri: string | undefined;
  declare text: 'signup' | 'signin' | 'continue' | undefined;
  declare disabled: boolean;
  declare debug: boolean;
  // `nonce` is HTMLElement's own: under a CSP header browsers empty the attribute, and only that property keeps the value.

  /** In milliseconds; for tests. */
  timings: Readonly<PopupTimings> = POPUP_TIMINGS;

  readonly #internals = this.attachInternals();
  #flow: SignupFlow = IDLE;
  #attempt: OpenAttempt | undefined;
  #pkce: Pkce | undefined;
  #answer: Answer | undefined;
  #labels: Labels = defaultStrings;
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
      if (!('cutOff' in this.#flow)) {
        this.#attempt.popup?.focus();
        return;
      }
      this.reset();
    }
    if (!this.dispatchEvent(new SignupStartEvent())) return;

    // Who has a session passes without a page; after a success the button offers another account, so somebody has to be asked.
    const parameters: Partial<PopupRequest> = this.state === 'completed' ? { prompt: 'login' } : {};
    const asked = { fields: this.fields, language: this.#language(), theme: this.theme };
    for (const [name, value] of Object.entries(asked)) if (value) Object.assign(parameters, { [name]: value });
    if (this.responseType === 'code') parameters.response_type = 'code';
    const { clientId, redirectUri, mode, codeChallenge: challenge } = this;
    const attempt = openAttempt({
      clientId,
      platform: this.#origin(),
      nonce: this.nonce,
      redirectUri: redirectUri && new URL(redirectUri, document.baseURI).href,
      pkce: challenge ? { challenge, verifier: '' } : this.#pkce,
      popup: mode !== 'redirect' && (mode === 'popup' || !redirectUri || !hasNoPopups()),
      parameters,
    });
    this.#pkce = undefined;
    void this.#preparePkce();
    this.#attempt = attempt;
    this.#show({ name: 'opening', attempt: attempt.id }, undefined);
    if (later) this.#follow(attempt);
    else
      loadLater().then(
        () => this.#follow(attempt),
        () => this.#failToLoad(attempt),
      );
  }

  /** Of the platform. Empty for what is no URL; `null` (as a string) for one without an origin, such as `file:`. */
  #origin(): string {
    const url = this.platform || import.meta.url;
    return URL.canParse(url) ? new URL(url).origin : '';
  }

  /** Back to the start, silently: closes the popup, forgets the credential. What was filled into the form stays. */
  reset(): void {
    this.#attempt?.abort.abort();
    this.#show(IDLE, undefined);
  }

  /**
   * Goes on after the page itself has been at the platform.
   * @internal
   */
  async resume(departure: Departure, arrival: Arrival): Promise<void> {
    await loadLater();
    const attempt = later?.attemptOf(departure);
    if (!attempt || this.#attempt) return;
    this.#attempt = attempt;
    this.#show({ name: 'opening', attempt: attempt.id }, undefined);
    this.#follow(attempt, arrival);
  }

  /** A code is worth something only together with the verifier that stays here. */
  async #preparePkce(): Promise<void> {
    if ((this.redirectUri || this.responseType === 'code') && isSecureContext) this.#pkce ??= await preparePkce();
  }

  #follow(attempt: OpenAttempt, arrival?: Arrival, silent = false): void {
    if (attempt.abort.signal.aborted) {
      attempt.popup?.close();
      return;
    }
    const host = {
      element: this,
      timings: this.timings,
      mayRedirect: this.mode !== 'popup',
      html,
      root: this.renderRoot as ShadowRoot,
      labels: this.#labels,
      show: (flow: SignupFlow, answer?: Answer) => this.#show(flow, answer),
      announce: (flow: SignupFlow) => this.#announce(flow),
      silent,
    };
    later?.followAttempt(attempt, host, arrival);
  }

  #failToLoad({ abort, popup }: OpenAttempt): void {
    if (abort.signal.aborted) return;
    abort.abort();
    popup?.close();
    const message =
      'A part of the script did not load. Allow the platform in the script-src of your Content-Security-Policy.';
    const flow: SignupFlow = { name: 'failed', failure: { code: 'script_unavailable', message } };
    this.#show(flow, undefined);
    this.#announce(flow);
  }

  #announce(flow: SignupFlow): void {
    if (flow.name === 'completed') {
      const { name: _name, ...detail } = flow;
      this.dispatchEvent(new SignupSuccessEvent({ ...detail, isNewUser: flow.user?.isNewUser }));
    } else if ('failure' in flow) {
      // Somebody has to mend something; a vendor's developer looks here first.
      if (flow.name === 'failed') console.error(`<signup-with-platform> ${flow.failure.code}: ${flow.failure.message}`);
      this.dispatchEvent(new SignupErrorEvent(flow.failure));
    } else this.dispatchEvent(new SignupCancelEvent());
  }

  #show(flow: SignupFlow, answer: Answer | undefined): void {
    this.#flow = flow;
    this.#answer = answer;
    if (!('attempt' in flow)) this.#attempt = undefined;
    this.#setFormValue();
    this.requestUpdate();
  }

  #setFormValue(): void {
    const internals = this.#internals;
    internals.setFormValue(later?.formValue(this.#flow, this.name) ?? null, this.credential ?? null);
    const valueMissing = this.required && this.state !== 'completed';
    const button = this.renderRoot?.querySelector('button') ?? undefined;
    internals.setValidity({ valueMissing }, valueMissing ? this.#labels.required : '', button);
  }

  get validity(): ValidityState {
    return this.#internals.validity;
  }

  get validationMessage(): string {
    return this.#internals.validationMessage;
  }

  get willValidate(): boolean {
    return this.#internals.willValidate;
  }

  checkValidity(): boolean {
    return this.#internals.checkValidity();
  }

  reportValidity(): boolean {
    return this.#internals.reportValidity();
  }

  /** The browser is back on a page whose sign-up was done. */
  async formStateRestoreCallback(state: unknown): Promise<void> {
    await loadLater();
    const kept = later?.attemptOfCredential(String(state), this, this.#origin());
    if (kept && !this.#attempt) this.#follow(kept.attempt, kept.arrival, true);
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
    if (!this.hasUpdated || changed.has('language')) this.#speak(this.#language());
    void this.#preparePkce();
  }

  /** The page's own, unless set. */
  #language(): string | undefined {
    return this.language || this.closest<HTMLElement>('[lang]')?.lang;
  }

  async #speak(language: string | undefined): Promise<void> {
    const labels = await stringsFor(language);
    // Another one may have been asked for meanwhile.
    if (language !== this.#language()) return;
    this.#labels = labels;
    this.requestUpdate();
  }

  protected override updated(changed: PropertyValues<this>): void {
    // The platform's own `form` attribute makes the form with that id the owner of a form-associated element.
    if (this.htmlFor) this.setAttribute('form', this.htmlFor);
    this.#setFormValue();
    this.setAttribute('state', this.state);
    if (this.debug || changed.has('debug')) void this.#debugPage();
  }

  async #debugPage(): Promise<void> {
    try {
      const { debugElement } = await import('./debug/debug.ts');
      debugElement(this, this.renderRoot as ShadowRoot, this.#origin());
    } catch (error) {
      // The policy of the page, most likely; what a click would load is kept from it as well.
      console.warn('<signup-with-platform debug>', error);
    }
  }

  protected override render() {
    const labels = this.#labels;
    const { text, state } = this;
    const view = later?.viewOf(this.#flow, labels);
    const done = state === 'completed';
    return html`
      <div part="container" lang=${labels.language} dir=${labels.direction ?? 'ltr'}>
        <button
          part="button"
          type="button"
          class=${done ? 'quiet again' : this.#attempt ? 'quiet' : ''}
          ?disabled=${this.disabled || this.#disabledByFieldset}
          @pointerenter=${loadLater}
          @focus=${loadLater}
          @click=${this.signUp}
        >
          <svg viewBox="0 0 24 24" aria-hidden="true"><path d=${this.#attempt ? WINDOW : PERSON} /></svg>
          <span part="label">${
            view?.button ??
            html`<slot name="label">${labels[text === 'signin' || text === 'continue' ? text : 'signup'].replace('{platform}', () => PLATFORM_NAME)}</slot>`
          }</span>
        </button>
        <div part="status" role="status" dir="auto" class=${view?.tone}>${view ? view.status : state === 'failed' ? labels.failed : ''}</div>
        <div part="output" ?hidden=${!done}>
          <slot name="output">${this.user && this.#answer?.userOutput(this.user)}</slot>
        </div>
      </div>
    `;
  }
}

/** Apps that show pages in a view of their own open no windows; one on the home screen of iOS opens them elsewhere. */
function hasNoPopups(): boolean {
  const { userAgent, standalone } = navigator as Navigator & { standalone?: boolean };
  return standalone || /FBA[NV]|Instagram|; wv\)|Line\/|MicroMessenger/.test(userAgent);
}

/** Icons: outlines on a 24 px square. */
const PERSON = 'M12 4a4 4 0 1 1 0 8 4 4 0 0 1 0-8M4 21a8 8 0 0 1 16 0';
const WINDOW = 'M10 5H5v14h14v-5M14 4h6v6M20 4l-9 9';

declare global {
  interface HTMLElementTagNameMap {
    'signup-with-platform': SignupWithPlatform;
  }
}
