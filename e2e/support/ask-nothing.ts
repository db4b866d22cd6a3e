/** Runs in the browser: takes away what a form asks of its inputs before it is sent, so that the server’s own answer is seen. */
export function askNothing(form: HTMLElement | SVGElement): void {
  for (const control of form.querySelectorAll('[required], [minlength]')) {
    control.removeAttribute('required');
    control.removeAttribute('minlength');
  }
  form.setAttribute('novalidate', '');
}
