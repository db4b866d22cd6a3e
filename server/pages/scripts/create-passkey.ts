/** Runs in the browser: makes a passkey and puts it into its form. What cannot be done without it is hidden until it runs. */
export function createPasskey(): void {
  const form = document.querySelector<HTMLFormElement>('[data-passkey-creation]');
  const button = form?.querySelector<HTMLButtonElement>('button');
  const answer = form?.querySelector<HTMLInputElement>('[name=response]');
  const incapable = document.querySelector<HTMLElement>('[data-incapable]');
  const knows = typeof PublicKeyCredential === 'function' && 'parseCreationOptionsFromJSON' in PublicKeyCredential;
  if (!form || !button || !answer || !knows) return;
  const problems = form.querySelectorAll<HTMLElement>('[data-problem]');
  const tell = (name?: string) => {
    for (const problem of problems) problem.hidden = problem.dataset.problem !== name;
  };

  form.addEventListener('submit', async (event) => {
    if (answer.value) return;
    event.preventDefault();
    event.stopPropagation();
    tell();
    button.dataset.busy = '';
    try {
      const options = JSON.parse(form.dataset.passkeyCreation ?? '');
      const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON(options);
      answer.value = JSON.stringify(await navigator.credentials.create({ publicKey }));
      form.requestSubmit(button);
    } catch (error) {
      delete button.dataset.busy;
      // One of `excludeCredentials` lives here.
      tell((error as Error).name === 'InvalidStateError' ? 'exists' : 'failed');
    }
  });
  form.hidden = false;
  if (incapable) incapable.hidden = true;
}
