/** The controls of the builder are fields of one form: those named `--…` are custom properties, the others attributes of the tag. */
export function addButtonBuilder(): void {
  const builder = document.querySelector<HTMLElement>('[data-builder]');
  const form = builder?.querySelector('form');
  const preview = builder?.querySelector<HTMLElement>('signup-with-platform');
  const tag = builder?.querySelector('[data-tag]');
  const css = builder?.querySelector('[data-css]');
  const cssBox = builder?.querySelector<HTMLElement>('[data-css-box]');
  if (!builder || !form || !preview || !tag || !css || !cssBox) return;
  builder.hidden = false;
  // A preview has no app, so it opens no window.
  preview.addEventListener('signup-start', (event) => event.preventDefault());

  const update = () => {
    const attributes = chosen(form).filter(([name]) => !name.startsWith('--'));
    const properties = chosen(form).filter(([name]) => name.startsWith('--'));
    for (const [name, value] of attributes) show(preview, name, value);
    for (const [name, value] of properties) preview.style.setProperty(name, value);
    const words = attributes.filter(([, value]) => value !== '').map(([name, value]) => ` ${name}="${value}"`);
    const rules = properties.filter(([, value]) => value !== '').map(([name, value]) => `${name}: ${value}`);
    tag.textContent = `<signup-with-platform client-id="${clientId()}"${words.join('')}></signup-with-platform>`;
    // Not in an attribute of the tag, which a page's Content-Security-Policy may forbid.
    css.textContent = `signup-with-platform { ${rules.join('; ')} }`;
    cssBox.hidden = rules.length === 0;
  };
  form.addEventListener('input', update);
  form.addEventListener('reset', () => setTimeout(update));
  document.addEventListener('docs-filled', update);
  update();
}

/** Every field by its name; an empty value means the default. */
function chosen(form: HTMLFormElement): [name: string, value: string][] {
  return [...form.elements].flatMap((field): [string, string][] => {
    if (field instanceof HTMLSelectElement) return [[field.name, field.value]];
    if (!(field instanceof HTMLInputElement) || field.type !== 'color') return [];
    // A colour field always has a value, so a box beside it says whether it counts.
    const use = form.elements.namedItem(`use-${field.name}`);
    return [[field.name, use instanceof HTMLInputElement && use.checked ? field.value : '']];
  });
}

function show(preview: HTMLElement, name: string, value: string): void {
  // How it opens cannot be seen.
  if (name === 'mode') return;
  if (value === '') preview.removeAttribute(name);
  else preview.setAttribute(name, value);
}

function clientId(): string {
  return document.querySelector('[data-fill=client-id]')?.textContent ?? 'YOUR_CLIENT_ID';
}
