/**
 * Runs in the browser: solves the puzzle that a form carries while the person types (server/domain/bots/puzzle.ts), and holds the form back
 * until then. The browser derives keys outside of the page's own thread, so that nothing stutters, and no worker is needed.
 * Where that fails, the form waits as long as without a script.
 */
export function solvePuzzle(): void {
  const input = document.querySelector<HTMLInputElement>('input[name=altcha]');
  const status = document.querySelector<HTMLElement>('[data-puzzle]');
  const form = input?.form;
  if (!input || !status || !form) return;
  const { pauseMs, auto } = input.dataset;
  let waiting = status.dataset.puzzle ?? '';
  const toPause = status.textContent;
  const said = document.createElement('input');
  said.type = 'hidden';
  form.append(said);
  let isDone = false;
  let isAwaited = auto !== undefined;
  const show = () => {
    status.hidden = !isAwaited || isDone;
    // Set while it is in view, so that a screen reader hears it.
    if (!status.hidden) status.textContent = waiting;
  };
  const finish = () => {
    isDone = true;
    show();
    // Not by the button, which has been pressed before.
    if (isAwaited) form.submit();
  };

  const solve = async () => {
    const { challenge } = JSON.parse(atob(input.value));
    const { nonce, salt, cost, keyLength, keyPrefix } = challenge.parameters;
    const bytesOf = (hex: string) => Uint8Array.from(hex.match(/../g) ?? [], (byte) => Number.parseInt(byte, 16));
    const hexOf = (bits: ArrayBuffer) =>
      [...new Uint8Array(bits)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
    const options = { name: 'PBKDF2', hash: 'SHA-256', salt: bytesOf(salt), iterations: cost };
    let next = 0;
    let solution: { counter: number; derivedKey: string } | undefined;
    const tryNumbers = async () => {
      // The number comes after the nonce, in four bytes.
      const password = new Uint8Array([...bytesOf(nonce), 0, 0, 0, 0]);
      while (!solution) {
        const counter = next++;
        new DataView(password.buffer).setUint32(password.length - 4, counter);
        const key = await crypto.subtle.importKey('raw', password, 'PBKDF2', false, ['deriveBits']);
        const derivedKey = hexOf(await crypto.subtle.deriveBits(options, key, keyLength * 8));
        if (derivedKey.startsWith(keyPrefix)) solution = { counter, derivedKey };
      }
    };
    // On two processors; the rest of the device has more to do.
    await Promise.all([tryNumbers(), tryNumbers()]);
    input.value = btoa(JSON.stringify({ challenge, solution }));
  };

  show();
  // After the listener of all forms, which judges what was typed.
  document.addEventListener('submit', (event) => {
    if (event.target !== form || event.defaultPrevented || isDone) return;
    event.preventDefault();
    // What the button that was pressed says.
    const { submitter } = event as SubmitEvent & { submitter: HTMLButtonElement | null };
    // Without the attribute, this is the address of the page.
    if (submitter?.hasAttribute('formaction')) form.action = submitter.formAction;
    said.name = submitter?.name ?? '';
    said.value = submitter?.value ?? '';
    isAwaited = true;
    show();
  });
  solve().then(finish, () => {
    waiting = toPause;
    show();
    // The time since the page was asked for, and some more for its way.
    const marginMs = 2_000;
    setTimeout(finish, Number(pauseMs) + marginMs - performance.now());
  });
}
