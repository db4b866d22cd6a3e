import type { Plugin } from 'vite';

/**
 * Removes the line breaks and the indentation of `html` templates: between tags entirely, and elsewhere down to one space, so that words
 * on two lines stay separate.
 */
export function compactTemplates(): Plugin {
  return {
    name: 'compact-templates',
    enforce: 'post',
    transform(code, id) {
      if (id.includes('node_modules') || !code.includes('html`')) return null;
      const spans: { start: number; end: number }[] = [];
      collectQuasis(this.parse(code), spans);
      let compact = code;
      for (const { start, end } of spans.sort((a, b) => b.start - a.start)) {
        const text = code
          .slice(start, end)
          .replace(/>\s*\n\s*</g, '><')
          .replace(/\s*\n\s*/g, ' ');
        compact = compact.slice(0, start) + text.replace(/^ (?=<)|(?<=>) $/g, '') + compact.slice(end);
      }
      // Only lines within templates are lost, so the map of the step before is close enough for a debugger.
      return { code: compact, map: null };
    },
  };
}

interface Node {
  type?: string;
  tag?: { name?: string };
  quasi?: { quasis: { start: number; end: number }[] };
}

function collectQuasis(node: unknown, spans: { start: number; end: number }[]): void {
  if (typeof node !== 'object' || node === null) return;
  const { type, tag, quasi } = node as Node;
  if (type === 'TaggedTemplateExpression' && tag?.name === 'html') spans.push(...(quasi?.quasis ?? []));
  for (const child of Object.values(node)) collectQuasis(child, spans);
}
