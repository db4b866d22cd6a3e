import { LitElement } from 'lit';

/**
 * An element that takes part in a form as the browser's own controls do: the form owns it, submits its value, disables it with a fieldset,
 * and asks whether it is valid (HTML section 4.13.7).
 */
export class FormAssociatedElement extends LitElement {
  static readonly formAssociated = true;
  readonly #internals = this.attachInternals();
  protected disabledByFieldset = false;

  /** The form that is filled, and submitted with. */
  get form(): HTMLFormElement | null {
    return this.#internals.form;
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

  formDisabledCallback(disabled: boolean): void {
    this.disabledByFieldset = disabled;
    this.requestUpdate();
  }

  /**
   * @param value what is submitted
   * @param state what the browser keeps for the return to the page
   * @param missing why the form cannot be submitted; empty when it can
   * @param anchor where the browser shows that
   */
  protected setFormValue(
    value: FormData | null,
    state: string | null,
    missing: string,
    anchor: HTMLElement | undefined,
  ): void {
    this.#internals.setFormValue(value, state);
    this.#internals.setValidity({ valueMissing: missing !== '' }, missing, anchor);
  }
}
