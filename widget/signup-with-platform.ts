import { html, LitElement, type PropertyValues, unsafeCSS } from 'lit';
import type { Answer } from './answer/answer.ts';
import type * as attempt from './attempt/attempt.ts';
import type { RedirectWay } from './attempt/attempt-host.ts';
import type { Arrival } from './attempt/redirect.ts';
import type * as remember from './attempt/remember.ts';
import type { SignupFailure, SignupFlow, SignupState, SignupUser } from './attempt/signup-flow.ts';
import { bare } from './bare.ts';
import type { SignupEventDetails } from './events.ts';
import { FormAssociatedElement } from './form-associated-element.ts';
import { chosen, noteChoice } from './note-choice.ts';
import { type OpenAttempt, openAttempt, type PopupTimings, randomToken } from './open-attempt.ts';
import type { RedirectPreparation } from './prepare-redirect.ts';
import { styles } from './signup-with-platform.styles.ts';
import { defaultStrings, type Labels, stringsFor } from './strings/strings.ts';

// The server inserts the operator's brand when it sends this script: it replaces literals of the built file, each of which is there once
// (build/script.test.ts). They are PLATFORM_NAME, PLATFORM_LOGO and, for the accent, COLOR_ACCENT of design/tokens.ts. In the npm package
// they are not replaced, so the page sets `platform-name`.
const PLATFORM_NAME = 'Platform';
/** Path data for an outline on a 24 px square, or the address of an image, which the page's img-src has to allow. */
const PLATFORM_LOGO = 'M12 4a4 4 0 1 1 0 8 4 4 0 0 1 0-8M4 21a8 8 0 0 1 16 0';
/** Shown instead of the logo while a window is open. */
const WINDOW = 'M10 5H5v14h14v-5M14 4h6v6M20 4l-9 9';

/** A key of localStorage of the vendor's origin. Only with `remember`, attempt/remember.ts writes it. */
const KNOWN_NAME_KEY = 'signup-with-platform:given-name' satisfies typeof remember.KNOWN_NAME_KEY;

const IDLE: SignupFlow = bare({ name: 'idle' });

/** For how long an element that is out of the page may be put back, before its attempt is cancelled. */
const MOVE_MS = 200;
/** How long the rest of the script may take to load after a click. */
const LOAD_MS = 60_000;

/** Not `URL.canParse`, which Safari has since version 17. */
function parse(address: string, base?: string): URL | undefined {
  try {
    return new URL(address, base);
  } catch {
    return undefined;
  }
}

/** The code for what happens after a click, once it is loaded. All elements of a page share it. */
let later: typeof attempt | undefined;
const loadLater = async () => {
  later ??= await import('./attempt/attempt.ts');
};

/**
 * A button that lets the platform's users sign up here without a form. It opens the platform's popup, verifies the signed
 * answer, shows it, fills the page's form, and submits the credential with it.
 *
 * ```html
 * <script type="module" src="https://platform.example/widget.js"></script>
 * <signup-with-platform client-id="…" fields="name email"></signup-with-platform>
 * ```
 *
 * @tag signup-with-platform
 * @attr {string} client-id - Required: the public id of the app's environment.
 * @attr {string} platform - Origin of the platform. Default: the origin this script was loaded from. Required with the npm
 *   package, because that is loaded from the page's own origin.
 * @attr {string} platform-name - Name of the platform on the button. Default: the name that the script was served with. Required with
 *   the npm package.
 * @attr {string} fields - Claims to ask for, separated by spaces or commas. Default: what the app registered.
 * @attr {string} language - BCP 47 tag for the widget and the popup. Default: the language of the page around the element.
 * @attr {'light'|'dark'|'auto'} theme - Default: the page's own color-scheme.
 * @attr {'small'|'medium'|'large'} size - Height of the button: 32, 44 or 52 px. Default: `medium`.
 * @attr {'rectangular'|'pill'|'square'|'circle'} shape - `square` and `circle` show only the icon, with the label as its accessible name.
 *   Default: `rectangular`.
 * @attr {'filled'|'outline'|'neutral'} variant - Filled with the accent, outlined on the surface, or filled with the colour of text.
 *   Default: `filled`.
 * @attr {boolean} remember - Stores the given name of the person who signed up in localStorage of this origin, and greets them by it
 *   next time. Without it, nothing is stored.
 * @attr {'popup'|'redirect'|'auto'} mode - Default: a popup, or where no popup can open and `redirect-uri` is set, the page itself goes to
 *   the platform and comes back. `auto` tries the browser's own dialog first, where it has one (FedCM), and continues like the default.
 *   `popup` and `redirect` allow only one of the two.
 * @attr {string} redirect-uri - A registered page of this origin that loads this script. The answer arrives there when it cannot be posted
 *   here, because the page itself went to the platform, or because a Cross-Origin-Opener-Policy cuts the popup off.
 * @attr {'id_token'|'code'} response-type - `code`: an authorization code for the backend to redeem, instead of a credential. Default:
 *   `id_token`.
 * @attr {string} code-challenge - With `response-type="code"`: the backend's own PKCE challenge (S256), whose verifier the backend keeps.
 *   Default: a challenge made here, whose verifier is submitted with the code.
 * @attr {string} for - Id of the form that is filled, and that submits the credential. Default: the form around the element.
 * @attr {string} name - Name of the form field with the credential. Default: `credential`.
 * @attr {string} nonce - The credential repeats it. Issue it and check it in the backend. Default: a random nonce.
 * @attr {boolean} required - The form cannot be submitted without a sign-up.
 * @attr {string} login-uri - Address of this origin to which the element posts the answer as a form, for pages without a script of their
 *   own. The form contains `csrf_token`, which the cookie `signup_csrf_token` repeats.
 * @attr {'list'|'compact'} output - `compact` folds the list of what was shared. Default: `list`.
 * @attr {'signup'|'signin'|'continue'} text - Which label the button has. Default: `signup`.
 * @attr {boolean} disabled
 * @attr {boolean} debug - For developers: explains problems of the page in the console and below the button, in English.
 * @attr {SignupState} state - Reflects the property, for style sheets. Do not set it.
 *
 * @fires {SignupStartEvent} signup-start - Before the popup opens. `preventDefault()` keeps it closed. Otherwise exactly one of the other
 *   three events follows, also when the element is removed meanwhile: then it fires on the element, and once more on the document.
 * @fires {SignupSuccessEvent} signup-success - `detail`: `user`, `credential`, `code`, `isNewUser`, and `filled`: which control got which
 *   claim. The form is already filled.
 * @fires {SignupCancelEvent} signup-cancel - The person closed the popup or refused; or the page ended the sign-up: by `reset()`, by
 *   resetting the form, by removing the element, or by starting again.
 * @fires {SignupErrorEvent} signup-error - `detail.code` says why, and `detail.message` what to do, in English.
 *
 * @slot label - The words on the button.
 * @slot icon - The icon before the words.
 * @slot output - Replaces the list of what was shared.
 *
 * @csspart container - The container of everything; it is centred.
 * @csspart button
 * @csspart icon - The platform's logo on the button.
 * @csspart label - The words on the button, and on the one for another account.
 * @csspart status - A message to the person, which screen readers read out when it changes.
 * @csspart debug - What the attribute `debug` found.
 * @csspart person - Who signed up, in place of the button.
 * @csspart change - The button in that line, for another account.
 * @csspart output - What was shared; hidden until then.
 * @csspart details - In the output, the list that is folded.
 * @csspart summary - Its heading, which unfolds it.
 * @csspart list - The list in the output.
 * @csspart term - In the list, the name of a value.
 * @csspart value - In the list, a value that was shared.
 * @csspart note - In the list, a note on a value.
 *
 * @cssproperty --signup-accent - Background of the button, and the icon on a button that is not filled.
 * @cssproperty --signup-accent-hover - The accent under the pointer. Default: a shade of the accent.
 * @cssproperty --signup-on-accent - Text on the button.
 * @cssproperty --signup-text - Text beside the button, and on one that is not filled.
 * @cssproperty --signup-muted - Less important text.
 * @cssproperty --signup-surface - Background of the output, and of a button that is not filled.
 * @cssproperty --signup-border - Border of a button that is not filled.
 * @cssproperty --signup-font - Font family.
 * @cssproperty --signup-font-size - Default: depends on `size`.
 * @cssproperty --signup-font-weight - Font weight of the button.
 * @cssproperty --signup-icon-size - Height of the icon.
 * @cssproperty --signup-radius - Radius of button and output.
 * @cssproperty --signup-height - Minimum height of the button. Default: depends on `size`.
 * @cssproperty --signup-width - Maximum width of the element; `none` fills the available width. Default: 24rem.
 */
export class SignupWithPlatform extends FormAssociatedElement {
  /** @internal */
  static readonly defaultName: string = PLATFORM_NAME;
  static override shadowRootOptions: ShadowRootInit = bare({ ...LitElement.shadowRootOptions, delegatesFocus: true });
  // Where a browser cannot choose (Safari before 17.5), the light colours.
  static override styles =
    globalThis.CSS?.supports('color', 'light-dark(#000,#fff)') !== false
      ? styles
      : unsafeCSS(styles.cssText.replace(/light-dark\((#\w{3,8}), ?#\w{3,8}\)/g, '$1'));
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
    output: {},
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
  declare output: 'list' | 'compact' | undefined;
  declare text: 'signup' | 'signin' | 'continue' | undefined;
  declare disabled: boolean;
  declare debug: boolean;
  // `nonce` is a property of HTMLElement. Under a CSP header browsers empty the attribute, so only that property has the value.

  /** In milliseconds, for tests. Default: those of attempt/watch-popup.ts. */
  timings: Readonly<Partial<PopupTimings>> = {};

  /**
   * The words of the element. Other code may set them before the first rendering, as server-rendering.ts does.
   * @internal
   */
  words: Labels = defaultStrings;

  #flow: SignupFlow = IDLE;
  #attempt: OpenAttempt | undefined;
  /** Tells the page of the last success, which waits until the form is filled. */
  #tell: (() => void) | undefined;
  #isStarting = false;
  #preparation: RedirectPreparation | undefined;
  #way: RedirectWay | undefined;
  #answer: Answer | undefined;
  #awaitsWords = false;
  #pageLanguage: MutationObserver | undefined;
  /** Given name of the person who was here before. */
  #known: string | undefined;

  /** Where the sign-up stands. */
  get state(): SignupState {
    // What is settled and not yet told is still waiting for the form to be filled.
    return this.#tell ? 'waiting' : this.#flow.name;
  }

  /** The person that the verified credential describes, once `state` is `completed`. */
  get user(): SignupUser | undefined {
    return this.#flow.name === 'completed' ? this.#flow.user : undefined;
  }

  /** The verified ID token, once `state` is `completed`. It lives for an hour, or for less where the app's settings say so. */
  get credential(): string | undefined {
    return this.#flow.name === 'completed' ? this.#flow.credential : undefined;
  }

  /** Does what a click on the button does. Call it in a click, or the browser blocks the popup. An open popup is focused instead. */
  signUp(): void {
    if (this.disabled || this.disabledByFieldset || this.#isStarting) return;
    if (this.#attempt && !this.#attempt.silent && !('cutOff' in this.#flow)) {
      this.#attempt.popup?.focus();
      return;
    }
    const preparing = this.#prepareRedirect();
    if (preparing) {
      // Somebody clicked while the challenge is being hashed. Browsers still open a popup for some seconds after a click.
      preparing.then(
        () => this.signUp(),
        () => this.#start() && this.#failToLoad(),
      );
      return;
    }
    // The button of a completed sign-up offers another account, so the platform has to ask even somebody who has a session.
    const again = this.state === 'completed';
    try {
      if (!this.#start()) return;
      if (again) this.#forget();
      this.#open(again);
    } catch (error) {
      // Nobody starts again before the page knows of this end.
      this.#isStarting = true;
      import('./attempt/broken-page.ts')
        .then(({ nameBroken }) => nameBroken(error))
        .catch(() => error)
        .then((what) => {
          this.#isStarting = false;
          this.#fail(
            'page_broken',
            `A script of this page or an extension has broken what the browser provides: ${what}`,
          );
        });
    }
  }

  /** @returns false when the page does not want a sign-up now */
  #start(): boolean {
    if (this.#attempt) this.#stop();
    this.#tell?.();
    // A listener of that end may have started already.
    if (this.#attempt) return false;
    this.#isStarting = true;
    try {
      return this.#emit('signup-start', null);
    } finally {
      this.#isStarting = false;
    }
  }

  #open(again: boolean): void {
    const { clientId, redirectUri, mode, codeChallenge: challenge, baseURI, fields, theme } = this;
    const preparation = this.#preparation;
    const attempt = openAttempt({
      clientId,
      platform: this.#origin(),
      nonce: this.nonce,
      // An invalid address is passed on unchanged, and attempt/mistakes.ts reports it.
      redirectUri: redirectUri && (parse(redirectUri, baseURI)?.href ?? redirectUri),
      pkce: challenge ? { challenge, verifier: '' } : preparation?.pkce,
      byFedcm: later?.prefersFedcm(this, this.#origin()),
      popup: mode !== 'redirect' && (mode === 'popup' || !redirectUri || !preparation?.noPopups),
      parameters: {
        fields,
        language: this.#language(),
        theme,
        response_type: this.responseType === 'code' ? 'code' : undefined,
        prompt: again ? 'login' : undefined,
      },
    });
    this.#attempt = attempt;
    this.#preparation = undefined;
    this.#prepareRedirect();
    this.#show({ name: 'opening', attempt: attempt.id }, undefined);
    if (later) this.#follow(attempt);
    else {
      const fail = () => this.#attempt === attempt && this.#failToLoad();
      const timer = setTimeout(fail, LOAD_MS);
      loadLater().then(() => {
        this.#follow(attempt);
        clearTimeout(timer);
      }, fail);
    }
  }

  /** Origin of the platform. Empty for an invalid URL, and the string `null` for a URL without an origin, such as `file:`. */
  #origin(): string {
    return parse(this.platform || import.meta.url)?.origin ?? '';
  }

  /**
   * Starts over: closes the popup, forgets credential and person. What was filled into the form stays. A sign-up that is under way ends with
   * `signup-cancel`.
   */
  reset(): void {
    this.#stop();
    this.#forget();
  }

  /** Ends what is under way, and tells the page, because each start has one end. */
  #stop(): void {
    this.#tell?.();
    const attempt = this.#attempt;
    attempt?.abort.abort();
    this.#show(IDLE, undefined);
    if (attempt && !attempt.silent) this.#emit('signup-cancel', null);
  }

  #fail(code: SignupFailure['code'], message: string): void {
    this.#attempt?.abort.abort();
    const failure = { code, message };
    this.#show({ name: 'failed', failure }, undefined);
    console.error(message);
    try {
      this.#emit('signup-error', failure);
    } catch {
      // Of a page that has broken events, only people can be told.
    }
  }

  #failToLoad(): void {
    this.#fail('script_unavailable', 'A part of this script did not load. Does script-src allow the platform?');
  }

  #forget(): void {
    this.#known = undefined;
    try {
      window.localStorage.removeItem(KNOWN_NAME_KEY);
    } catch {
      // Where there is no storage, nothing is kept either.
    }
  }

  /**
   * Continues after the page itself has been at the platform.
   * @internal
   */
  async resume(attempt: OpenAttempt, arrival: Arrival): Promise<void> {
    await loadLater();
    if (this.#attempt) return;
    this.#attempt = attempt;
    this.#show({ name: 'opening', attempt: attempt.id }, undefined);
    this.#follow(attempt, arrival);
    // The person continues where they left the page.
    await this.updateComplete;
    this.focus();
  }

  /** Makes the PKCE pair, because a code is only usable together with the verifier that stays here. */
  #prepareRedirect(): Promise<void> | undefined {
    const needed = this.redirectUri || (this.responseType === 'code' && !this.codeChallenge);
    if (!needed || this.#preparation || !globalThis.isSecureContext) return undefined;
    return import('./prepare-redirect.ts')
      .then(({ prepareRedirect }) => prepareRedirect(`${randomToken()}-${randomToken()}`.padEnd(43, '-')))
      .then((preparation) => {
        this.#preparation = this.#way = preparation;
      });
  }

  #follow(attempt: OpenAttempt, arrival?: Arrival): void {
    const host = {
      element: this,
      timings: this.timings,
      way: this.#way,
      mayRedirect: this.mode !== 'popup',
      html,
      root: (this.renderRoot ?? this.createRenderRoot()) as ShadowRoot,
      labels: this.words,
      chosen,
      show: this.#show.bind(this),
      hold: (flow: SignupFlow, tell: () => void) => {
        this.#flow = flow;
        this.#tell = tell;
        this.#updateForm();
      },
      emit: this.#emit.bind(this),
    };
    later?.followAttempt(attempt, host, arrival);
  }

  /** @returns false when the page called `preventDefault()` */
  #emit<Type extends keyof SignupEventDetails>(type: Type, detail: SignupEventDetails[Type]): boolean {
    const eventOf = (): Event => {
      const cancelable = type === 'signup-start';
      try {
        return new CustomEvent(type, { bubbles: true, composed: true, cancelable, detail });
      } catch {
        // A page that has broken the constructor, as old polyfills do, hears the same outside of shadow trees.
        const event = document.createEvent('CustomEvent');
        event.initCustomEvent(type, true, cancelable, detail);
        return event;
      }
    };
    // The document hears of an element that is no longer in it, too.
    const targets = this.isConnected && this.ownerDocument === document ? [this] : [this, document];
    return targets.every((target) => target.dispatchEvent(eventOf()));
  }

  #show(flow: SignupFlow, answer: Answer | undefined): void {
    this.#flow = bare(flow);
    this.#answer = answer;
    this.#tell = undefined;
    if (!('attempt' in flow)) this.#attempt = undefined;
    this.#updateForm();
    this.requestUpdate();
    later?.keepFocus(this);
  }

  #updateForm(): void {
    const missing = this.required && this.#flow.name !== 'completed' ? this.words.required : '';
    const button = this.renderRoot?.querySelector('button') ?? undefined;
    const [value, state] = later?.formValue(this.#flow, this.name) ?? [null, null];
    this.setFormValue(value, state, missing, button);
  }

  /** Called when the browser returns to a page with a completed sign-up. */
  async formStateRestoreCallback(state: unknown): Promise<void> {
    const [{ attemptOfCredential }] = await Promise.all([import('./attempt/returned.ts'), loadLater()]);
    const kept = attemptOfCredential(String(state), this, this.#origin());
    if (!kept || this.#attempt) return;
    this.#attempt = kept.attempt;
    this.#follow(kept.attempt, kept.arrival);
  }

  formResetCallback(): void {
    this.#stop();
  }

  override connectedCallback(): void {
    super.connectedCallback();
    addEventListener('change', noteChoice, true);
    // A page may change its language without being reloaded.
    this.#speak();
    try {
      this.#pageLanguage ??= new MutationObserver(this.#speak);
      this.#pageLanguage.observe(document, { subtree: true, attributeFilter: ['lang'] });
    } catch {
      // A page that has broken it keeps its language.
    }
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#pageLanguage?.disconnect();
    // An element that is only moved within the page is connected again soon, and its popup can stay.
    setTimeout(() => this.isConnected || this.#stop(), MOVE_MS);
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('language')) this.#speak();
    // If loading fails, the click reports it.
    this.#prepareRedirect()?.catch(() => {});
  }

  /** The attribute, or the language around the element, or of the page in a shadow tree. A server has no page to read it from. */
  #language(): string | undefined {
    return this.language || (this.closest?.<HTMLElement>('[lang]') ?? globalThis.document?.documentElement)?.lang;
  }

  readonly #speak = async (): Promise<void> => {
    const language = this.#language();
    const words = stringsFor(language);
    this.#awaitsWords = words instanceof Promise;
    const labels = await words;
    // Another language may have been requested meanwhile.
    if (language !== this.#language()) return;
    this.#awaitsWords = false;
    this.words = labels;
    this.requestUpdate();
  };

  /** Called after the first rendering, which has to be the same as a server's. */
  #recognize(): void {
    try {
      this.#known = (this.remember && window.localStorage.getItem(KNOWN_NAME_KEY)) || undefined;
    } catch {
      // Some frames have no storage.
    }
    this.requestUpdate();
  }

  protected override updated(changed: PropertyValues<this>): void {
    // HTML's attribute `form` makes the form with that id the owner of a form-associated element.
    if (this.htmlFor) this.setAttribute('form', this.htmlFor);
    else if (changed.has('htmlFor')) this.removeAttribute('form');
    this.#updateForm();
    if (changed.has('remember')) this.#recognize();
    // It must be known before the click whether there is FedCM.
    if (this.mode === 'auto') this.#prepare().then(() => later?.prepareFedcm(this, this.#origin()));
    this.setAttribute('state', this.state);
    if (this.debug || changed.has('debug')) this.#debugPage();
  }

  #debugPage(): void {
    // Most likely the page's policy blocks it, as it blocks what a click would load.
    import('./debug/debug.ts').then(
      ({ debugElement }) => debugElement(this, this.renderRoot as ShadowRoot, this.#origin()),
      console.warn,
    );
  }

  /** Called when somebody may be about to click. */
  readonly #prepare = () =>
    loadLater().then(
      () => later?.dress(this.renderRoot as ShadowRoot),
      // If loading fails, the click reports it.
      () => {},
    );

  protected override render() {
    const { state, words } = this;
    const busy = this.#attempt;
    const disabled = this.disabled || this.disabledByFieldset;
    const view = later?.viewOf(this.#flow, words, busy, { html, disabled, onChange: () => this.signUp() });
    const done = state === 'completed';
    // While a popup is open, the button is no longer the next step.
    const look = busy ? 'outline' : this.variant;
    const icon = busy?.popup ? WINDOW : PLATFORM_LOGO;
    return html`
      <div part="container" class="${this.theme} ${this.size} ${this.shape}" lang=${words.language} dir=${words.direction ?? 'ltr'}>
        ${
          done
            ? ''
            : html`<button
          part="button"
          type="button"
          class="${look} ${this.#awaitsWords && words === defaultStrings ? 'mute' : ''}"
          ?disabled=${disabled}
          @pointerenter=${this.#prepare}
          @focus=${this.#prepare}
          @click=${this.signUp}
        >
          <slot name="icon">${
            /^M/.test(icon)
              ? html`<svg part="icon" viewBox="0 0 24 24" aria-hidden="true"><path d=${icon} /></svg>`
              : html`<img part="icon" alt="" src=${icon} />`
          }</slot>
          <span part="label">${
            view?.button
              ? html`<span .textContent=${view.button}></span>`
              : html`<slot name="label">${this.#label()}</slot>`
          }</span>
        </button>`
        }
        <div
          part="status"
          role="status"
          class=${view?.tone}
          .textContent=${view ? view.status : state === 'failed' ? words.failed : ''}
        ></div>
        ${done ? view?.line : ''}
        <div part="output" ?hidden=${!done}>
          <slot name="output">${this.user && this.#answer?.userOutput(this.user, this.output === 'compact')}</slot>
        </div>
      </div>
    `;
  }

  #label(): string {
    const { text, words } = this;
    // The name is isolated, so that one in another script does not reorder the sentence.
    if (this.#known) return words.known.replace('{name}', () => `\u2068${this.#known}\u2069`);
    const platform = this.platformName || SignupWithPlatform.defaultName;
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
