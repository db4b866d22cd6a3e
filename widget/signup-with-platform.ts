import type { PopupRequest } from '@signup-with-platform/protocol';
import { html, LitElement, type PropertyValues } from 'lit';
import type { Answer } from './answer/answer.ts';
import type { Arrival, Departure } from './attempt/redirect.ts';
import type { SignupFlow, SignupState, SignupUser } from './attempt/signup-flow.ts';
import type { SignupEventDetails } from './events.ts';
import { opensNoPopups } from './no-popups.ts';
import { type OpenAttempt, openAttempt, type Pkce, type PopupTimings, preparePkce } from './open-attempt.ts';
import { styles } from './signup-with-platform.styles.ts';
import { defaultStrings, type Labels, stringsFor } from './strings/strings.ts';

// The server puts the operator's brand here when it sends this script: it replaces literals of the built file, which stand there once
// each (vite.config.test.ts). They are PLATFORM_NAME and PLATFORM_LOGO, and for the accent COLOR_ACCENT of design/tokens.ts. In the npm
// package they stay as they are, and the page says `platform-name`.
const PLATFORM_NAME = 'Platform';
/** Path data, drawn as an outline on a 24 px square; or the address of an image, which the page's img-src has to allow. */
const PLATFORM_LOGO = 'M12 4a4 4 0 1 1 0 8 4 4 0 0 1 0-8M4 21a8 8 0 0 1 16 0';
/** Instead of it, while a window is open. */
const WINDOW = 'M10 5H5v14h14v-5M14 4h6v6M20 4l-9 9';

/** In localStorage of the vendor's origin, with `remember` alone: what attempt/remember.ts writes. */
const KNOWN_NAME_KEY =
  'signup-with-platform:given-name' satisfies typeof import('./attempt/remember.ts').KNOWN_NAME_KEY;

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
 * @attr {string} platform-name - What the platform is called on the button. Default: what the script was served with; needed with the
 *   npm package.
 * @attr {string} fields - Claims to ask for, separated by spaces or commas. Default: what the app registered.
 * @attr {string} language - BCP 47, of the widget and the popup. Default: that of the page around the element.
 * @attr {'light'|'dark'|'auto'} theme - Default: the page's own color-scheme.
 * @attr {'small'|'medium'|'large'} size - Height of the button: 32, 44 or 52 px. Default: `medium`.
 * @attr {'rectangular'|'pill'|'square'|'circle'} shape - `square` and `circle` show the icon alone; the words are its accessible name.
 *   Default: `rectangular`.
 * @attr {'filled'|'outline'|'neutral'} variant - In the accent; on the surface, with a border; in the colour of text. Default: `filled`.
 * @attr {boolean} remember - Keeps the given name of who signed up, in localStorage of this origin, and greets them by it next time.
 *   Nothing is kept without.
 * @attr {'popup'|'redirect'|'auto'} mode - Default: a popup; the page itself goes to the platform and comes back where there can be
 *   none, if `redirect-uri` says whereto. `auto` asks by the browser's own dialog first, where it has one (FedCM), and goes on as by
 *   default. `popup` and `redirect` allow the one or the other alone.
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
 * @slot icon - What stands before them.
 * @slot output - Instead of the list of what was shared.
 *
 * @csspart container - Around everything; centred.
 * @csspart button
 * @csspart icon - The platform's sign on the button.
 * @csspart label - The words on the button.
 * @csspart status - A message to the person, read out by screen readers as it changes.
 * @csspart debug - What the attribute `debug` found.
 * @csspart output - What was shared; hidden until then.
 * @csspart list - In it, the list.
 * @csspart term - In the list, what something is.
 * @csspart value - In the list, what was shared.
 * @csspart note - A remark on a value.
 *
 * @cssproperty --signup-accent - Background of the button, and the icon on a button that is not filled.
 * @cssproperty --signup-accent-hover - The same, under the pointer. Default: a shade of the accent.
 * @cssproperty --signup-on-accent - Text on the button.
 * @cssproperty --signup-text - Text beside the button, and on one that is not filled.
 * @cssproperty --signup-muted - Lesser text.
 * @cssproperty --signup-surface - Background of the output, and of a button that is not filled.
 * @cssproperty --signup-border - Border of a button that is not filled.
 * @cssproperty --signup-font - Font family.
 * @cssproperty --signup-font-size - Default: by size.
 * @cssproperty --signup-font-weight - Of the button.
 * @cssproperty --signup-icon-size - Height of the icon.
 * @cssproperty --signup-radius - Radius of button and output.
 * @cssproperty --signup-height - Least height of the button. Default: by size.
 * @cssproperty --signup-width - Greatest width of everything; `none` fills what there is. Default: 24rem.
 */
export class SignupWithPlatform extends LitElement {
  static readonly formAssociated = true;
  static override shadowRootOptions: ShadowRootInit = { ...LitElement.shadowRootOptions, delegatesFocus: true };
  static override styles = styles;
  static override properties = {
    clientId: { attribute: 'client-id' },
    platform: {},
    platformName: { attribute: 'platform-name' },
    fields: {},
    language: {},
    theme: {},
    size: {},
    shape: {},
    variant: {},
    remember: { type: Boolean },
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
  declare platformName: string | undefined;
  declare fields: string | undefined;
  declare language: string | undefined;
  declare theme: 'light' | 'dark' | 'auto' | undefined;
  declare size: 'small' | 'medium' | 'large' | undefined;
  declare shape: 'rectangular' | 'pill' | 'square' | 'circle' | undefined;
  declare variant: 'filled' | 'outline' | 'neutral' | undefined;
  declare remember: boolean;
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

  /** In milliseconds; for tests. Default: those of attempt/watch-popup.ts. */
  timings: Readonly<Partial<PopupTimings>> = {};

  /**
   * What it says. Others may be put here before it first renders: server-rendering.ts does.
   * @internal
   */
  words: Labels = defaultStrings;

  readonly #internals = this.attachInternals();
  #flow: SignupFlow = IDLE;
  #attempt: OpenAttempt | undefined;
  #pkce: Pkce | undefined;
  #answer: Answer | undefined;
  #disabledByFieldset = false;
  #awaitsWords = false;
  #pageLanguage: MutationObserver | undefined;
  /** Given name of who was here before. */
  #known: string | undefined;

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
      this.#stop();
    }
    const preparing = this.#preparePkce();
    if (preparing) {
      // Pressed in the moment that hashing takes: for some seconds after a click, browsers open a popup still.
      preparing.then(() => this.signUp());
      return;
    }
    if (!this.#emit('signup-start', null)) return;

    const parameters: Partial<PopupRequest> = {};
    if (this.state === 'completed') {
      // Who has a session passes without a page; now the button offers another account, so somebody has to be asked.
      parameters.prompt = 'login';
      this.#forget();
    }
    const asked = { fields: this.fields, language: this.#language(), theme: this.theme };
    for (const [name, value] of Object.entries(asked)) if (value) Object.assign(parameters, { [name]: value });
    if (this.responseType === 'code') parameters.response_type = 'code';
    const { clientId, redirectUri, mode, codeChallenge: challenge, baseURI } = this;
    const attempt = openAttempt({
      clientId,
      platform: this.#origin(),
      nonce: this.nonce,
      // What is no address stays as it is, and is told from one in attempt/attempt.ts.
      redirectUri: redirectUri && URL.canParse(redirectUri, baseURI) ? new URL(redirectUri, baseURI).href : redirectUri,
      pkce: challenge ? { challenge, verifier: '' } : this.#pkce,
      byFedcm: later?.prefersFedcm(this, this.#origin()),
      popup: mode !== 'redirect' && (mode === 'popup' || !redirectUri || !opensNoPopups(navigator)),
      parameters,
    });
    this.#pkce = undefined;
    this.#preparePkce();
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

  /** Back to the start, silently: closes the popup, forgets the credential and the person. What was filled into the form stays. */
  reset(): void {
    this.#stop();
    this.#forget();
  }

  #stop(): void {
    this.#attempt?.abort.abort();
    this.#show(IDLE, undefined);
  }

  #forget(): void {
    this.#known = undefined;
    try {
      localStorage.removeItem(KNOWN_NAME_KEY);
    } catch {
      // Nor is anything kept where there is no storage.
    }
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
    // Where the person left the page.
    await this.updateComplete;
    this.focus();
  }

  /** A code is worth something only together with the verifier that stays here. */
  #preparePkce(): Promise<void> | undefined {
    const needed = (this.redirectUri || this.responseType === 'code') && !this.codeChallenge;
    if (!needed || this.#pkce || !globalThis.isSecureContext) return undefined;
    return preparePkce().then((pkce) => {
      this.#pkce = pkce;
    });
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
      labels: this.words,
      show: (flow: SignupFlow, answer?: Answer) => this.#show(flow, answer),
      emit: this.#emit.bind(this),
      silent,
    };
    later?.followAttempt(attempt, host, arrival);
  }

  #failToLoad({ abort, popup }: OpenAttempt): void {
    if (abort.signal.aborted) return;
    abort.abort();
    popup?.close();
    const message =
      'Allow the platform in script-src of the Content-Security-Policy: a part of the script did not load.';
    const failure = { code: 'script_unavailable', message } as const;
    this.#show({ name: 'failed', failure }, undefined);
    console.error(message);
    this.#emit('signup-error', failure);
  }

  /** @returns false when the page prevented what follows */
  #emit<Type extends keyof SignupEventDetails>(type: Type, detail: SignupEventDetails[Type]): boolean {
    const cancelable = type === 'signup-start';
    return this.dispatchEvent(new CustomEvent(type, { bubbles: true, composed: true, cancelable, detail }));
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
    internals.setValidity({ valueMissing }, valueMissing ? this.words.required : '', button);
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
    this.#stop();
  }

  formDisabledCallback(disabled: boolean): void {
    this.#disabledByFieldset = disabled;
    this.requestUpdate();
  }

  override connectedCallback(): void {
    super.connectedCallback();
    // A page may change its language without being loaded again.
    this.#pageLanguage ??= new MutationObserver(this.#speak);
    this.#pageLanguage.observe(document, { subtree: true, attributeFilter: ['lang'] });
    this.#speak();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#pageLanguage?.disconnect();
    // Moved within the page, it is connected again at once, and the popup can stay.
    queueMicrotask(() => this.isConnected || this.#stop());
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('language')) this.#speak();
    this.#preparePkce();
  }

  /** That of what is around, or of the page out of a shadow tree, unless set; a server renders no page that it could ask. */
  #language(): string | undefined {
    return this.language || (this.closest?.<HTMLElement>('[lang]') ?? globalThis.document?.documentElement)?.lang;
  }

  readonly #speak = async (): Promise<void> => {
    const language = this.#language();
    const words = stringsFor(language);
    this.#awaitsWords = words instanceof Promise;
    const labels = await words;
    // Another one may have been asked for meanwhile.
    if (language !== this.#language()) return;
    this.#awaitsWords = false;
    this.words = labels;
    this.requestUpdate();
  };

  /** Not with the first rendering, which may have been a server's. */
  #recognize(): void {
    try {
      this.#known = (this.remember && localStorage.getItem(KNOWN_NAME_KEY)) || undefined;
    } catch {
      // No storage in some frames.
    }
    this.requestUpdate();
  }

  protected override updated(changed: PropertyValues<this>): void {
    // The platform's own `form` attribute makes the form with that id the owner of a form-associated element.
    if (this.htmlFor) this.setAttribute('form', this.htmlFor);
    else if (changed.has('htmlFor')) this.removeAttribute('form');
    this.#setFormValue();
    if (changed.has('remember')) this.#recognize();
    // Whether there can be FedCM has to be known before the click.
    if (this.mode === 'auto') this.#prepare().then(() => later?.prepareFedcm(this, this.#origin()));
    this.setAttribute('state', this.state);
    if (this.debug || changed.has('debug')) this.#debugPage();
  }

  #debugPage(): void {
    // The policy of the page keeps it away, most likely; what a click would load is kept from it as well.
    import('./debug/debug.ts').then(
      ({ debugElement }) => debugElement(this, this.renderRoot as ShadowRoot, this.#origin()),
      console.warn,
    );
  }

  /** Somebody may be about to click. */
  readonly #prepare = () =>
    loadLater().then(
      () => later?.dress(this.renderRoot as ShadowRoot),
      // The click will tell.
      () => {},
    );

  protected override render() {
    const { state, words } = this;
    const busy = this.#attempt;
    const view = later?.viewOf(this.#flow, words, busy);
    const done = state === 'completed';
    // While a popup is open, and once there is an answer, the button is not the next step any more.
    const look = busy || done ? 'outline' : this.variant;
    const icon = busy?.popup ? WINDOW : PLATFORM_LOGO;
    return html`
      <div part="container" class="${this.theme} ${this.size} ${this.shape}" lang=${words.language} dir=${words.direction ?? 'ltr'}>
        <button
          part="button"
          type="button"
          class="${look} ${done ? 'again' : this.#awaitsWords && words === defaultStrings ? 'mute' : ''}"
          ?disabled=${this.disabled || this.#disabledByFieldset}
          @pointerenter=${this.#prepare}
          @focus=${this.#prepare}
          @click=${this.signUp}
        >
          <slot name="icon">${
            /^M/.test(icon)
              ? html`<svg part="icon" viewBox="0 0 24 24" aria-hidden="true"><path d=${icon} /></svg>`
              : html`<img part="icon" alt="" src=${icon} />`
          }</slot>
          <span part="label">${view?.button ?? html`<slot name="label">${this.#label()}</slot>`}</span>
        </button>
        <div part="status" role="status" class=${view?.tone}>${view ? view.status : state === 'failed' ? words.failed : ''}</div>
        <div part="output" ?hidden=${!done}>
          <slot name="output">${this.user && this.#answer?.userOutput(this.user)}</slot>
        </div>
      </div>
    `;
  }

  #label(): string {
    const { text, words } = this;
    // Isolated, so that a name in another script leaves the sentence alone.
    if (this.#known) return words.known.replace('{name}', () => `\u2068${this.#known}\u2069`);
    const platform = this.platformName || PLATFORM_NAME;
    return words[text === 'signin' || text === 'continue' ? text : 'signup'].replace('{platform}', () =>
      words.direction ? `\u2068${platform}\u2069` : platform,
    );
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'signup-with-platform': SignupWithPlatform;
  }
}
