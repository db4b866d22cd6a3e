/**
 * Runs in the browser: says below an input what is wrong with it, where the browser would say so in a bubble of its own, in other words and
 * perhaps another language. It judges only what takes no knowledge: that something is missing, incomplete, or too short. What an email address or a
 * phone number may look like, the server knows better than browsers do.
 *
 * @param missing the words for an input that must not be empty
 * @returns whether a form may be sent. If not, the first input that is wrong has the focus
 */
export function complaints(missing: string | undefined): (form: HTMLFormElement) => boolean {
  const complaintAbout = ({ validity, validationMessage, dataset, type }: HTMLInputElement) => {
    if (validity.customError) return validationMessage;
    // Half a date is sent as none, so that the server cannot tell.
    if (validity.badInput) return missing;
    // For a missing file, the server has better words.
    if (validity.valueMissing && type !== 'file') return missing;
    return validity.tooShort && dataset.tooShort;
  };
  /** The line below the input, made the first time. */
  const lineOf = (control: HTMLInputElement) => {
    const id = `${control.name}-error`;
    const known = document.getElementById(id);
    if (known) return known;
    const line = document.createElement('p');
    line.className = 'error';
    line.id = id;
    control.closest('.control')?.after(line);
    control.setAttribute('aria-describedby', `${id} ${control.getAttribute('aria-describedby') ?? ''}`);
    return line;
  };
  const shown = new Set<EventTarget | null>();
  const judge = (control: HTMLInputElement) => {
    const complaint = control.willValidate && complaintAbout(control);
    if (complaint || shown.has(control)) {
      shown.add(control);
      const line = lineOf(control);
      line.textContent = complaint || '';
      line.hidden = !complaint;
      control.setAttribute('aria-invalid', `${!!complaint}`);
    }
    return complaint;
  };
  for (const name of ['input', 'change'])
    addEventListener(name, ({ target }) => shown.has(target) && judge(target as HTMLInputElement));
  // A script of the page has found something, such as a file that is too large.
  addEventListener(
    'invalid',
    (event) => {
      event.preventDefault();
      judge(event.target as HTMLInputElement);
    },
    true,
  );
  // The others are answered by the server with words of their own.
  const judged = new Set([...document.forms].filter((form) => !form.noValidate));
  for (const form of judged) form.noValidate = true;
  return (form) => {
    if (!judged.has(form)) return true;
    const controls = form.querySelectorAll<HTMLInputElement>('.control > :is(input, select, textarea)');
    const [first] = [...controls].filter(judge);
    first?.focus();
    return !first;
  };
}
