import { LitElement } from 'lit';
import { bare } from './bare.ts';

/**
 * An element that belongs to a form as the browser's own controls do: the form submits its value, a fieldset can disable it, and its
 * validity decides whether the form can be submitted (HTML section 4.13.7).
 */
export class FormAssociatedElement extends LitElement {
  static readonly formAssociated = true;
  readonly #internals = this.attachInternals();
  protected disabledByFieldset = false;

  /** The form that is filled, and that submits the credential. */
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
   * @param value to be submitted
   * @param state to be kept by the browser for a return to the page
   * @param missing why the form cannot be submitted; empty when it can
   * @param anchor where the browser shows that text
   */
  protected setFormValue(
    value: FormData | null,
    state: string | null,
    missing: string,
    anchor: HTMLElement | undefined,
  ): void {
    this.#internals.setFormValue(value, state);
    this.#internals.setValidity(bare({ valueMissing: missing !== '' }), missing, anchor);
  }
}
