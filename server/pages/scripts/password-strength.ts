/** Runs in the browser: a rough, honest hint how hard a new password is to guess. What is accepted is decided by the server. */
export function passwordStrength(): void {
  const input = document.querySelector<HTMLInputElement>('#password');
  const email = document.querySelector<HTMLInputElement>('#email');
  const output = document.querySelector<HTMLElement>('[data-strength]');
  const label = output?.querySelector<HTMLElement>('[role=status]');
  if (!input || !output || !label) return;
  const labels: string[] = JSON.parse(output.dataset.labels ?? '[]');
  const minLength = Number(output.dataset.minLength);
  const guessedFirst =
    /passw(or|0r)d|wachtwoord|welkom|welcome|passwor|motdepasse|bonjour|contrase|qwert[yz]?|azerty|asdf|letmein|iloveyou|admin|monkey|dragon|football|sunshine|princess|(19|20)\d\d|0?123\d*|abcd?e?f?/g;

  const levelOf = (password: string): number => {
    if ([...password].length < minLength) return 0;
    let rest = password.toLowerCase();
    const name = email?.value.split('@')[0]?.toLowerCase();
    if (name && name.length > 2) rest = rest.replaceAll(name, '*');
    // What everybody tries first, and what repeats, is worth one character.
    rest = rest.replace(guessedFirst, '*').replace(/(.{1,3})\1+/gu, '$1');
    const alphabet = [/[a-z]/, /[A-Z]/, /\d/, /[^a-zA-Z\d]/].filter((kind) => kind.test(password)).length * 18 + 8;
    const bits = [...rest].length * Math.log2(alphabet);
    return bits < 36 ? 1 : bits < 60 ? 2 : bits < 80 ? 3 : 4;
  };

  let announcement: ReturnType<typeof setTimeout>;
  const update = () => {
    output.hidden = input.value === '';
    const level = levelOf(input.value);
    output.dataset.strength = String(level);
    clearTimeout(announcement);
    // A screen reader hears the outcome once the typing pauses, not each key.
    const pauseMs = 500;
    announcement = setTimeout(() => {
      label.textContent = labels[level] ?? '';
    }, pauseMs);
  };
  input.addEventListener('input', update);
  email?.addEventListener('input', update);
}
