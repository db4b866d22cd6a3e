import { expect, fixture, html } from '@open-wc/testing';
import { restoreTypedValues, typedValues } from './typed-values.ts';

const form = () =>
  fixture<HTMLFormElement>(html`
  <form>
    <input name="note" value="came with the page" />
    <input name="untouched" value="as it was" />
    <input name="secret" type="password" />
    <input name="csrf" type="hidden" value="old" />
    <input name="card" autocomplete="cc-number" />
    <input name="terms" type="checkbox" />
    <select name="size"><option>S</option><option selected>M</option><option>L</option></select>
    <textarea name="story"></textarea>
  </form>
`);
const control = <T extends HTMLInputElement>(of: HTMLFormElement, name: string) => of.elements.namedItem(name) as T;

describe('what was typed', () => {
  it('is kept where it differs from the page, without secrets, and put back', async () => {
    const left = await form();
    for (const name of ['note', 'secret', 'csrf', 'card', 'story']) control(left, name).value = `my ${name}`;
    control(left, 'terms').checked = true;
    control(left, 'size').value = 'L';
    const kept = JSON.parse(JSON.stringify(typedValues()));
    expect(kept.map(([, name]: [number, string]) => name)).to.deep.equal(['note', 'terms', 'size', 'story']);
    left.remove();

    const back = await form();
    const heard: string[] = [];
    back.addEventListener('input', ({ target }) => heard.push((target as HTMLInputElement).name));
    // As React does: a setter of the element's own, which takes what comes by it for its own doing.
    Object.defineProperty(control(back, 'note'), 'value', { get: () => 'mine', set: () => {}, configurable: true });
    restoreTypedValues(kept);
    delete (control(back, 'note') as { value?: string }).value;
    expect(control(back, 'note').value).to.equal('my note');
    expect(control(back, 'untouched').value).to.equal('as it was');
    expect(control(back, 'secret').value).to.equal('');
    expect(control(back, 'csrf').value).to.equal('old');
    expect(control(back, 'terms').checked).to.equal(true);
    expect(control(back, 'size').value).to.equal('L');
    expect(control(back, 'story').value).to.equal('my story');
    expect(heard).to.deep.equal(['note', 'terms', 'size', 'story']);
  });

  it('is left out where the page has another control by now', async () => {
    const page = await form();
    restoreTypedValues([
      [0, 'other', 'x'],
      [99, 'note', 'x'],
      [1, 'untouched', true],
    ]);
    expect(control(page, 'note').value).to.equal('came with the page');
    expect(control(page, 'untouched').value).to.equal('as it was');
  });
});
