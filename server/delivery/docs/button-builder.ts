import { LANGUAGES } from '@signup-with-platform/messages';

interface Choice {
  name: string;
  label: string;
  /** The first is the default, which the tag does not name. */
  values: readonly (readonly [value: string, words: string])[];
}

const CHOICES: readonly Choice[] = [
  {
    name: 'text',
    label: 'Words',
    values: [
      ['', 'Sign up'],
      ['signin', 'Sign in'],
      ['continue', 'Continue'],
    ],
  },
  {
    name: 'language',
    label: 'Language',
    values: [['', 'Of the page'], ...LANGUAGES.map(({ tag }) => [tag, languageName(tag)] as const)],
  },
  {
    name: 'theme',
    label: 'Theme',
    values: [
      ['', 'Of the page'],
      ['light', 'Light'],
      ['dark', 'Dark'],
      ['auto', 'Of the system'],
    ],
  },
  {
    name: 'variant',
    label: 'Variant',
    values: [
      ['', 'Filled'],
      ['outline', 'Outline'],
      ['neutral', 'Neutral'],
    ],
  },
  {
    name: 'size',
    label: 'Size',
    values: [
      ['', 'Medium, 44 px'],
      ['small', 'Small, 32 px'],
      ['large', 'Large, 52 px'],
    ],
  },
  {
    name: 'shape',
    label: 'Shape',
    values: [
      ['', 'Rectangular'],
      ['pill', 'Pill'],
      ['square', 'Square icon'],
      ['circle', 'Round icon'],
    ],
  },
  {
    name: 'mode',
    label: 'Mode',
    values: [
      ['', 'Popup, or redirect'],
      ['auto', 'FedCM first'],
      ['popup', 'Popup only'],
      ['redirect', 'Redirect only'],
    ],
  },
  {
    name: '--signup-radius',
    label: 'Corners',
    values: [
      ['', 'Default'],
      ['0', 'Square'],
      ['4px', '4 px'],
      ['16px', '16 px'],
    ],
  },
];

const COLOURS = [
  ['--signup-accent', 'Accent', '#0f7b55'],
  ['--signup-on-accent', 'Text on it', '#ffffff'],
  ['--signup-border', 'Border', '#858b99'],
] as const;

const COPY = '<button class="copy" type="button" hidden>Copy</button>';

/** A form whose fields are attributes and custom properties of the element beside it. Hidden until the page's script makes it work. */
export const BUTTON_BUILDER = `<div class="builder" data-builder hidden>
<div class="stage"><signup-with-platform client-id="preview"></signup-with-platform></div>
<form class="stack">
<div class="controls">${CHOICES.map(select).join('')}</div>
<fieldset class="colours"><legend>Colours</legend><div class="controls">${COLOURS.map(colour).join('')}</div></fieldset>
<button class="button secondary" type="reset">Start again</button>
</form>
<div>
<div class="code"><span class="code-language">In your page</span>${COPY}<pre><code data-tag></code></pre></div>
<div class="code" data-css-box hidden><span class="code-language">In your style sheet</span>${COPY}<pre><code data-css></code></pre></div>
</div>
</div>`;

function select({ name, label, values }: Choice): string {
  const options = values.map(([value, words]) => `<option value="${value}">${words}</option>`).join('');
  const id = `builder-${name.replace(/^-+/, '')}`;
  return `<div class="input"><label for="${id}">${label}</label><span class="control"><select id="${id}" name="${name}">${options}</select></span></div>`;
}

/** A colour field always has a value, so a box beside it says whether it counts. */
function colour([name, label, value]: (typeof COLOURS)[number]): string {
  const use = `<label><input type="checkbox" name="use-${name}"> ${label}</label>`;
  return `<div class="colour">${use}<input type="color" name="${name}" value="${value}" aria-label="${label}: colour"></div>`;
}

function languageName(tag: string): string {
  return new Intl.DisplayNames([tag], { type: 'language' }).of(tag) ?? tag;
}
