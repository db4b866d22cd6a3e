/**
 * Inputs that say neither that they must be filled in nor that they may be left out. A filter is no form in this sense. Runs in the browser.
 */
export function findUnmarked(): string[] {
  const typed = ':is(input:not([type=hidden], [type=checkbox], [type=radio], [type=file]), textarea, select)';
  const inputs = document.querySelectorAll<HTMLInputElement | HTMLSelectElement>(`form[method=post] ${typed}`);
  return [...inputs].flatMap((input) => {
    const isMarked =
      document.getElementById(`${input.name}-optional`) !== null ||
      [...(input.labels ?? [])].some((label) => label.querySelector('.tag'));
    // A list that always has an answer; what belongs to a field that is optional as a whole, or to a choice that asks for it.
    const isAnswered = input instanceof HTMLSelectElement && [...input.options].every(({ value }) => value !== '');
    const belongs = input.closest('.field:has(.term .tag), .date-of-choice') !== null;
    if (input.required || isMarked || isAnswered || belongs || !input.checkVisibility()) return [];
    return [`neither required nor optional: ${input.outerHTML.slice(0, 100)}`];
  });
}
