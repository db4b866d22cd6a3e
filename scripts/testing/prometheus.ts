import { parser } from '@prometheus-io/lezer-promql';

/** Labels of each metric, as a server shows them in Prometheus text format. */
export type ShownMetrics = Map<string, Set<string>>;

/** What Prometheus adds to every series. */
const ADDED = ['job', 'instance'];

/** Reads Prometheus text format. Metrics without a series yet are there, too, because their line says their type. */
export function addShownMetrics(shown: ShownMetrics, text: string): void {
  for (const line of text.split('\n')) {
    const [, declared] = /^# TYPE (\w+) (?:counter|gauge)$/.exec(line) ?? [];
    const [, name = declared, labels = ''] = /^(\w+)(?:\{(.*)\})? \S+$/.exec(line) ?? [];
    if (name === undefined) continue;
    const known = shown.get(name) ?? new Set(ADDED);
    for (const [, label = ''] of labels.matchAll(/(\w+)="(?:[^"\\]|\\.)*"/g)) known.add(label);
    shown.set(name, known);
  }
}

/** What a query is wrong about: its syntax, a metric that no server shows, a label that none of the query's metrics has. */
export function problemsOf(query: string, shown: ShownMetrics): string[] {
  const problems: string[] = [];
  const names: string[] = [];
  const labels: string[] = [];
  parser.parse(query).iterate({
    enter: ({ type, name, from, to }) => {
      const text = query.slice(from, to);
      if (type.isError) problems.push(`syntax at ${from}: ${query}`);
      if (name === 'Identifier') names.push(text);
      if (name === 'LabelName') labels.push(text);
    },
  });
  for (const name of names) if (name !== 'up' && !shown.has(name)) problems.push(`no metric ${name}: ${query}`);
  const known = new Set([...ADDED, ...names.flatMap((name) => [...(shown.get(name) ?? [])])]);
  for (const label of labels) if (!known.has(label)) problems.push(`no label ${label}: ${query}`);
  if (names.length === 0) problems.push(`no metric at all: ${query}`);
  return problems;
}
