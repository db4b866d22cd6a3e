/** Runs in the browser: the button that makes a password readable. It is hidden again before the form is sent. */
export function showPassword(): void {
  const input = document.querySelector<HTMLInputElement>('#password');
  const button = document.querySelector<HTMLButtonElement>('[data-toggle]');
  const status = document.querySelector<HTMLElement>('[data-toggle-status]');
  if (!input || !button || !status) return;
  const show = (visible: boolean) => {
    input.type = visible ? 'text' : 'password';
    button.textContent = (visible ? button.dataset.hide : button.dataset.show) ?? '';
    status.textContent = (visible ? status.dataset.shown : status.dataset.hidden) ?? '';
  };
  button.hidden = false;
  button.addEventListener('click', () => show(input.type === 'password'));
  // Browsers offer to save what was typed into a password field, and remember what was typed into others.
  input.form?.addEventListener('submit', () => {
    input.type = 'password';
  });
}
