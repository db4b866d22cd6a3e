/**
 * What the site has of a source. Readers of the site have no repository, so it leaves out what names files and commands of one:
 * `<!-- repository -->` … `<!-- /repository -->`, and the columns of a table that follows `<!-- repository: COLUMN -->`. The marks between
 * which the bench writes its figures go, and the figures stay.
 */
export function publishedText(source: string): string {
  return withoutColumns(
    source
      .replaceAll(/<!-- repository -->[\s\S]*?<!-- \/repository -->\n*/g, '')
      .replaceAll(/^<!-- \/?(?:figures|click|ways|timing|peers) -->\n*/gm, ''),
  );
}

function withoutColumns(source: string): string {
  let dropped: { column: string; index?: number } | undefined;
  const lines = source.split('\n').flatMap((line) => {
    const [, column] = /^<!-- repository: (.+) -->$/.exec(line) ?? [];
    if (column !== undefined) {
      dropped = { column };
      return [];
    }
    if (!dropped) return [line];
    if (!line.startsWith('|')) {
      if (dropped.index !== undefined) dropped = undefined;
      return [line];
    }
    const cells = line.split(/(?<!\\)\|/).slice(1, -1);
    dropped.index ??= cells.findIndex((cell) => cell.trim() === dropped?.column);
    return [`|${cells.filter((_cell, index) => index !== dropped?.index).join('|')}|`];
  });
  return lines.join('\n');
}
