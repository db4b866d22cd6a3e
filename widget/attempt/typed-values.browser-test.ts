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
  it('is kept where it differs from the page, without secrets, and restored', async () => {
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
    // React puts its own setter on the element, which treats a value as set by React.
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

  it('leaves out secrets, however they are marked, and what a browser would not restore itself', async () => {
    const secrets = [
      'type="text" autocomplete="section-a billing cc-number"',
      'type="text" autocomplete="CC-CSC"',
      'type="text" autocomplete="current-password"',
      'type="text" autocomplete="new-password webauthn"',
      'autocomplete="one-time-code"',
      'autocomplete="off"',
      'name="card_number" inputmode="numeric"',
      'name="payment[cardNumber]"',
      'id="cvc"',
      'name="CVV2"',
      'name="iban"',
      'name="pin"',
      'name="user_password" type="text"',
    ];
    const markup = secrets.map((attributes) => `<input ${attributes}>`).join('');
    const page = async () => {
      const place = await fixture<HTMLElement>(html`<div></div>`);
      place.innerHTML = `${markup}<form autocomplete="off"><input name="off"><input name="on" autocomplete="on"></form>
        <input name="shown" type="password"><input name="last">
        <select name="many" multiple><option selected>a</option><option>b</option><option>c</option></select>`;
      return place;
    };
    const left = await page();
    for (const input of left.querySelectorAll('input')) input.value = 'mine';
    for (const option of left.querySelectorAll('option')) option.selected = option.value !== 'a';
    const kept = typedValues();
    expect(kept.map(([, name, value]) => [name, value])).to.deep.equal([
      ['on', 'mine'],
      ['last', 'mine'],
      ['many', ['b', 'c']],
    ]);
    left.remove();

    const back = await page();
    // A value in the page's storage is not written into such a control either.
    restoreTypedValues([...kept, [6, 'card_number', 'theirs']]);
    expect([...back.querySelectorAll('input')].filter(({ value }) => value).map(({ name }) => name)).to.deep.equal([
      'on',
      'last',
    ]);
    expect([...back.querySelectorAll('option')].map(({ selected }) => selected)).to.deep.equal([false, true, true]);
  });

  it('is kept in shadow trees too, even if a password was shown as text meanwhile', async () => {
    const page = async () => {
      const place = await fixture<HTMLElement>(html`<div></div>`);
      place.innerHTML =
        '<input type="password" name="secret" autocomplete="current-password"><input name="after"><div></div>';
      const root = (place.lastElementChild as HTMLElement).attachShadow({ mode: 'open' });
      root.innerHTML = '<input name="inside">';
      return { place, inside: root.firstElementChild as HTMLInputElement };
    };
    const left = await page();
    const [secret, after] = left.place.querySelectorAll('input') as unknown as [HTMLInputElement, HTMLInputElement];
    secret.type = 'text';
    for (const input of [secret, after, left.inside]) input.value = 'mine';
    const kept = typedValues();
    left.place.remove();

    const back = await page();
    restoreTypedValues(kept);
    const values = [...back.place.querySelectorAll('input'), back.inside].map(({ value }) => value);
    expect(values).to.deep.equal(['', 'mine', 'mine']);
  });

  it('is not restored where the page now has another control', async () => {
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
