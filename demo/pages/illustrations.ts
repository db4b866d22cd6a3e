import { html, type ServerRenderedTemplate } from '@lit-labs/ssr';

/**
 * The shop's pictures are generated, so that they need no files and no licences, and follow the colour scheme. Each fills a box of
 * 200 × 220 and stands on y = 206. Colours are classes of the style sheet.
 */
export type Plant = 'monstera' | 'fern' | 'snake' | 'pilea' | 'rubber' | 'aloe';

type Part = ServerRenderedTemplate;

const n = (value: number) => Number(value.toFixed(1));
const radians = (degrees: number) => (degrees * Math.PI) / 180;
/** The point that is `length` away in a direction: 0° is up, and positive angles are to the right. */
const away = (x: number, y: number, length: number, degrees: number): [number, number] => [
  n(x + Math.sin(radians(degrees)) * length),
  n(y - Math.cos(radians(degrees)) * length),
];

/** A pointed leaf with a lighter half, from its base at (x, y). */
function leaf(x: number, y: number, length: number, width: number, degrees: number, tone: number): Part {
  const half = width / 2;
  const side = (sign: number) =>
    `C${n(sign * half * 1.1)} ${n(-length * 0.22)} ${n(sign * half * 1.05)} ${n(-length * 0.68)} 0 ${n(-length)}`;
  return html`<g transform=${`translate(${n(x)} ${n(y)}) rotate(${n(degrees)})`}>
<path class=${`leaf-${tone}`} d=${`M0 0${side(-1)}${side(1).replace('C', 'M0 0C')}Z`}/>
<path class="shine" d=${`M0 0${side(1)}Z`}/><path class="vein" d=${`M0 0V${n(-length * 0.9)}`}/></g>`;
}

const stem = (d: string) => html`<path class="stem" d=${d}/>`;

function pot(kind: 'clay' | 'glaze' | 'slate', top = 148, width = 78): Part {
  const left = 100 - width / 2;
  const right = 100 + width / 2;
  const rightSide = `H${right - 3}L${right - 12} 200Q${right - 13} 206 ${right - 19} 206`;
  return html`<ellipse class="shadow" cx="100" cy="206" rx=${n(width * 0.62)} ry="5"/>
<path class=${`pot-${kind}`} d=${`M${left + 3} ${top + 12}${rightSide}H${left + 19}Q${left + 13} 206 ${left + 12} 200Z`}/>
<path class="pot-shade" d=${`M${n(100 + width * 0.18)} ${top + 12}${rightSide}H${n(100 + width * 0.14)}Z`}/>
<rect class=${`pot-${kind}`} x=${left} y=${top} width=${width} height="15" rx="4"/>
<rect class="rim" x=${left} y=${top} width=${width} height="15" rx="4"/>`;
}

/** Half a monstera leaf, with its base at the origin and its tip at (0, -100). Cuts separate its lobes. */
const MONSTERA_HALF =
  'M0 -8C5 10 33 16 45 -2C50 -10 52 -18 52 -25Q38 -31 24 -29Q40 -37 50 -36C49 -45 46 -53 42 -59Q30 -58 20 -52' +
  'Q30 -66 38 -66C34 -74 29 -80 23 -86Q17 -80 13 -71Q15 -86 18 -91C11 -97 5 -100 0 -104Z';

function monsteraLeaf(x: number, y: number, scale: number, degrees: number, tone: number): Part {
  return html`<g transform=${`translate(${n(x)} ${n(y)}) rotate(${degrees}) scale(${scale})`}>
<path class=${`leaf-${tone}`} d=${MONSTERA_HALF}/>
<path class=${`leaf-${tone}`} d=${MONSTERA_HALF} transform="scale(-1 1)"/>
<path class="shine" d=${MONSTERA_HALF}/>
<path class="vein" d="M0 -6V-92M0 -26L28 -14M0 -44L32 -44M0 -64L24 -70M0 -26L-28 -14M0 -44L-32 -44M0 -64L-24 -70"/></g>`;
}

function monstera(): Part {
  return html`${stem('M98 152C92 126 74 112 58 106M101 152C104 118 112 92 132 84')}
${stem('M100 152C99 112 96 84 94 72M102 152C112 138 130 134 146 134')}
${monsteraLeaf(94, 76, 0.66, -6, 1)}${monsteraLeaf(58, 108, 0.56, -62, 2)}
${monsteraLeaf(131, 86, 0.58, 48, 3)}${monsteraLeaf(144, 134, 0.42, 88, 1)}
${pot('clay')}`;
}

function frond(degrees: number, length: number, droop: number, tone: number): Part {
  const [x0, y0] = [100, 152];
  const [x1, y1] = away(x0, y0, length * 0.62, degrees * 0.55);
  const [tipX, tipY] = away(x0, y0, length, degrees);
  const [x2, y2] = [tipX, tipY + droop];
  const at = (t: number): [number, number] => [
    (1 - t) ** 2 * x0 + 2 * (1 - t) * t * x1 + t ** 2 * x2,
    (1 - t) ** 2 * y0 + 2 * (1 - t) * t * y1 + t ** 2 * y2,
  ];
  const leaflets: Part[] = [];
  const pairs = 13;
  for (let index = 2; index <= pairs; index += 1) {
    const t = index / pairs;
    const [x, y] = at(t);
    const [px, py] = at(t - 0.02);
    const along = (Math.atan2(x - px, py - y) * 180) / Math.PI;
    const size = 17 * Math.sin(Math.PI * (0.2 + 0.76 * t));
    for (const sign of [-1, 1]) {
      const [lx, ly] = away(x, y, size, along + sign * 62);
      const [ax, ay] = away(x, y, size * 0.55, along + sign * 36);
      const [bx, by] = away(x, y, size * 0.55, along + sign * 88);
      leaflets.push(
        html`<path class=${`leaf-${tone}`} d=${`M${n(x)} ${n(y)}Q${ax} ${ay} ${lx} ${ly}Q${bx} ${by} ${n(x)} ${n(y)}Z`}/>`,
      );
    }
  }
  return html`${leaflets}${stem(`M${x0} ${y0}Q${x1} ${y1} ${n(x2)} ${n(y2)}`)}`;
}

function fern(): Part {
  return html`${frond(-84, 90, 26, 3)}${frond(84, 90, 26, 3)}${frond(-60, 104, 14, 2)}${frond(60, 104, 14, 2)}
${frond(-34, 116, 4, 1)}${frond(36, 114, 4, 1)}${frond(-10, 124, 0, 2)}${frond(14, 120, 0, 3)}
${pot('glaze', 148, 74)}`;
}

function blade(x: number, height: number, width: number, lean: number, tone: number): Part {
  const [tipX, tipY] = away(x, 154, height, lean);
  const outline = (w: number) =>
    `M${n(x - w * 0.32)} 156C${n(x - w * 0.7)} ${n(154 - height * 0.4)} ` +
    `${n(tipX - w * 0.62)} ${n(tipY + height * 0.34)} ${tipX} ${tipY}` +
    `C${n(tipX + w * 0.62)} ${n(tipY + height * 0.34)} ${n(x + w * 0.7)} ${n(154 - height * 0.4)} ${n(x + w * 0.32)} 156Z`;
  return html`<path class="leaf-edge" d=${outline(width)}/><path class=${`leaf-${tone}`} d=${outline(width * 0.66)}/>`;
}

function snake(): Part {
  return html`${blade(72, 92, 20, -16, 3)}${blade(128, 100, 20, 15, 2)}${blade(88, 132, 24, -5, 1)}
${blade(114, 126, 23, 6, 3)}${blade(101, 104, 22, 1, 2)}
${pot('slate', 148, 80)}`;
}

function pilea(): Part {
  const coins: [number, number, number, number][] = [
    [52, 102, 18, 2],
    [66, 66, 17, 1],
    [98, 42, 18, 3],
    [132, 58, 19, 1],
    [152, 92, 17, 2],
    [82, 92, 19, 3],
    [120, 88, 21, 2],
    [100, 118, 18, 1],
    [60, 134, 13, 3],
    [142, 128, 15, 3],
  ];
  return html`${coins.map(([x, y]) => stem(`M100 152Q${n((x + 100) / 2)} ${n(y + 24)} ${x} ${y}`))}
${coins.map(
  ([x, y, r, tone]) => html`<circle class=${`leaf-${tone}`} cx=${x} cy=${y} r=${r}/>
<path class="shine" d=${`M${x} ${y - r}A${r} ${r} 0 0 1 ${x} ${y + r}Z`}/><circle class="dot" cx=${x} cy=${y} r="2.2"/>`,
)}
${pot('clay', 148, 72)}`;
}

function rubber(): Part {
  return html`${stem('M100 152C98 110 104 70 100 30')}
${leaf(100, 138, 62, 34, 74, 3)}${leaf(100, 132, 60, 34, -70, 2)}${leaf(101, 108, 64, 36, 58, 1)}
${leaf(100, 100, 64, 36, -56, 3)}${leaf(102, 78, 60, 34, 42, 2)}${leaf(102, 72, 58, 34, -42, 1)}
${leaf(101, 52, 46, 26, 10, 3)}
${pot('glaze', 148, 76)}`;
}

function aloe(): Part {
  const leaves: [number, number, number, number][] = [
    [-80, 74, 22, 3],
    [80, 74, 22, 3],
    [-58, 92, 24, 2],
    [58, 92, 24, 2],
    [-36, 108, 25, 1],
    [37, 106, 25, 1],
    [-14, 120, 25, 3],
    [17, 116, 25, 2],
    [1, 96, 26, 1],
  ];
  return html`${leaves.map(([degrees, length, width, tone]) => leaf(100 + degrees * 0.12, 154, length, width, degrees, tone))}
${pot('slate', 148, 70)}`;
}

const DRAWINGS: Record<Plant, () => Part> = { monstera, fern, snake, pilea, rubber, aloe };

/** One plant. The picture is decorative, because the name is beside it. */
export const plantPicture = (plant: Plant): Part =>
  html`<svg class="picture" viewBox="0 0 200 220" aria-hidden="true">${DRAWINGS[plant]()}</svg>`;

/** Three plants in an arched window. */
export const windowPicture = (): Part => html`<svg class="picture" viewBox="0 0 440 440" aria-hidden="true">
<path class="window" d="M60 400V200C60 104 132 36 220 36S380 104 380 200V400Z"/>
<path class="window-bar" d="M220 36V400M60 214H380"/>
<circle class="sun" cx="300" cy="124" r="34"/>
<path class="hill" d="M60 320C110 286 160 296 220 318S330 300 380 276V400H60Z"/>
<rect class="sill" x="28" y="398" width="384" height="14" rx="4"/>
<svg x="36" y="204" width="180" height="207" viewBox="0 0 200 220">${snake()}</svg>
<svg x="250" y="220" width="166" height="191" viewBox="0 0 200 220">${fern()}</svg>
<svg x="114" y="124" width="246" height="286" viewBox="0 0 200 220">${monstera()}</svg>
</svg>`;
