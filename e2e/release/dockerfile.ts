/** A stage of a Dockerfile, as far as ours uses the language. */
export interface Stage {
  readonly name: string;
  readonly steps: readonly Step[];
}
export type Step =
  | { readonly kind: 'run'; readonly command: string }
  | { readonly kind: 'copy'; readonly from: string | undefined; readonly source: string; readonly target: string }
  | { readonly kind: 'workdir'; readonly path: string }
  | { readonly kind: 'env'; readonly values: Readonly<Record<string, string>> }
  | { readonly kind: 'user'; readonly name: string }
  | { readonly kind: 'volume'; readonly path: string }
  | { readonly kind: 'healthcheck' | 'cmd'; readonly words: readonly string[] };

/** What says something about the image, and nothing about its files. */
const SILENT = new Set(['ARG', 'EXPOSE']);

/** @throws Error for an instruction that the test could not carry out, so that it is never left out in silence */
export function readDockerfile(text: string): Stage[] {
  const stages: { name: string; steps: Step[] }[] = [];
  for (const line of joinedLines(text)) {
    const [instruction = '', rest = ''] = split(line);
    if (instruction === 'FROM') stages.push({ name: /\bAS (\S+)$/.exec(rest)?.[1] ?? '', steps: [] });
    else if (!SILENT.has(instruction)) stages.at(-1)?.steps.push(stepOf(instruction, rest));
  }
  return stages;
}

function joinedLines(text: string): string[] {
  const withoutComments = text.split('\n').filter((line) => !/^\s*#/.test(line));
  return withoutComments
    .join('\n')
    .replaceAll(/\\\n\s*/g, ' ')
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean);
}

function split(line: string): [string, string] {
  const at = line.search(/\s/);
  return at < 0 ? [line, ''] : [line.slice(0, at), line.slice(at).trim()];
}

function stepOf(instruction: string, rest: string): Step {
  switch (instruction) {
    case 'RUN':
      return { kind: 'run', command: rest };
    case 'WORKDIR':
      return { kind: 'workdir', path: rest };
    case 'USER':
      return { kind: 'user', name: rest };
    case 'VOLUME':
      return { kind: 'volume', path: rest };
    case 'ENV':
      return { kind: 'env', values: Object.fromEntries(rest.split(/\s+/).map((pair) => splitAtEquals(pair))) };
    case 'CMD':
      return { kind: 'cmd', words: JSON.parse(rest) as string[] };
    case 'HEALTHCHECK':
      return { kind: 'healthcheck', words: JSON.parse(rest.slice(rest.indexOf('['))) as string[] };
    case 'COPY': {
      const words = rest.split(/\s+/);
      const from = words.find((word) => word.startsWith('--from='))?.slice('--from='.length);
      const [source, target, ...more] = words.filter((word) => !word.startsWith('--'));
      if (source && target && more.length === 0) return { kind: 'copy', from, source, target };
    }
  }
  throw new Error(`The test of the image does not know ${instruction} ${rest}`);
}

function splitAtEquals(pair: string): [string, string] {
  const at = pair.indexOf('=');
  return [pair.slice(0, at), pair.slice(at + 1)];
}
