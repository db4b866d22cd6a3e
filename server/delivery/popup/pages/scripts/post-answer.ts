/** Runs in the browser, on the last page: posts the answer to the shop. Without it, the person presses the form's button. */
export function postAnswer(): void {
  document.querySelector<HTMLFormElement>('#answer')?.submit();
}
