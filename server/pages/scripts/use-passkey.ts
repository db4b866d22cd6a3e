/**
 * Runs in the browser: signs in with a passkey, by the button or by picking one where the browser fills in the e-mail address
 * (conditional mediation, WebAuthn section 5.1.4). The form stays hidden where the browser cannot. Besides, it tells the server whether
 * this device could make a passkey, which is when the server may offer it.
 */
export function usePasskey(): void {
  const form = document.querySelector<HTMLFormElement>('[data-passkey-request]');
  const button = form?.querySelector('button');
  const answer = form?.querySelector<HTMLInputElement>('[name=response]');
  const problem = form?.querySelector<HTMLElement>('[role=alert]');
  const offer = document.querySelector<HTMLInputElement>('[name=passkeys]');
  // Of the browsers that know passkeys, only those that know their JSON: older ones have the password.
  const knows = typeof PublicKeyCredential === 'function' && 'parseRequestOptionsFromJSON' in PublicKeyCredential;
  if (!form || !button || !answer || !problem || !knows) return;

  let waiting: AbortController | undefined;
  const ask = async (mediation: CredentialMediationRequirement) => {
    // One request at a time.
    waiting?.abort();
    waiting = new AbortController();
    const { signal } = waiting;
    const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON(JSON.parse(form.dataset.passkeyRequest ?? ''));
    answer.value = JSON.stringify(await navigator.credentials.get({ publicKey, mediation, signal }));
    form.requestSubmit(button);
  };
  const fillIn = async () => {
    if (!(await PublicKeyCredential.isConditionalMediationAvailable())) return;
    await ask('conditional').catch(() => {});
  };

  form.addEventListener('submit', async (event) => {
    if (answer.value) return;
    event.preventDefault();
    event.stopPropagation();
    problem.hidden = true;
    button.dataset.busy = '';
    try {
      await ask('optional');
    } catch {
      delete button.dataset.busy;
      problem.hidden = false;
      void fillIn();
    }
  });
  // Back from the back/forward cache: what was signed then is used up.
  window.addEventListener('pageshow', ({ persisted }) => {
    if (persisted && answer.value) location.reload();
  });
  form.hidden = false;
  void fillIn();
  void PublicKeyCredential.isUserVerifyingPlatformAuthenticatorAvailable().then((can) => {
    if (can && offer) offer.value = '1';
  });
}
