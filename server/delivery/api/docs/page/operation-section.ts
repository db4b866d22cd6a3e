import { html } from '@lit-labs/ssr';
import { nothing } from 'lit';
import type { JsonSchema } from '../../validation/json-schema.ts';
import { isSuccess, type Operation, type OperationAnswer, PROBLEM_TYPE } from '../operation.ts';
import { codeBlock, codeTabs } from './code-block.ts';
import { samplesOf } from './code-samples.ts';
import { errorAnchor } from './error-anchor.ts';
import { toJson } from './literals.ts';
import { prose } from './prose.ts';
import type { DocumentedPlatform, Section } from './section.ts';

/** The section of a call: its description, parameters, answers and errors, with examples beside them. */
export function operationSection(operation: Operation, { publicUrl }: DocumentedPlatform): Section {
  const { description, summary } = operation;
  return {
    id: operation.operation,
    title: summary,
    method: operation.method,
    text: html`<p class="endpoint">${methodLabel(operation)} <code>${operation.path}</code></p>
${description ? html`<p>${prose(description)}</p>` : nothing}
${parameterTables(operation)}
${answers(operation)}
${errors(operation)}`,
    aside: [codeTabs(operation.operation, summary, samplesOf(operation, publicUrl)), exampleAnswers(operation)],
  };
}

function methodLabel({ method }: Operation): unknown {
  return html`<span class="method ${method.toLowerCase()}">${method}</span>`;
}

interface Row {
  name: string;
  required: boolean;
  schema: JsonSchema;
  description: string;
}

const PLACES = { path: 'In the path', query: 'In the query', header: 'Headers' } as const;

function parameterTables({ parameters, body, operation }: Operation): unknown {
  const groups = (['path', 'query', 'header'] as const).map((place) => ({
    title: PLACES[place],
    rows: parameters.filter((parameter) => parameter.in === place),
  }));
  const required = (body?.schema['required'] ?? []) as string[];
  const properties = Object.entries((body?.schema['properties'] ?? {}) as Record<string, JsonSchema>);
  const bodyRows: Row[] = properties.map(([name, schema]) => ({
    name,
    schema,
    required: required.includes(name),
    description: String(schema['description'] ?? ''),
  }));
  return [...groups, { title: 'In the body', rows: bodyRows }]
    .filter(({ rows }) => rows.length > 0)
    .map(({ title, rows }) => parameterTable(`${operation}-${title}`.replaceAll(' ', '-').toLowerCase(), title, rows));
}

function parameterTable(id: string, title: string, rows: readonly Row[]): unknown {
  return html`<h4 id=${id}>${title}</h4>${tableOf(id, ['Parameter', 'Meaning'], rows.map(parameterRow))}`;
}

/** A table whose column titles are for screen readers only. */
function tableOf(labelledBy: string, [first, second]: [string, string], rows: readonly unknown[]): unknown {
  const head = html`<tr><th scope="col">${first}</th><th scope="col">${second}</th></tr>`;
  return html`<table class="parameters" aria-labelledby=${labelledBy}><thead class="hidden">${head}</thead><tbody>${rows}</tbody></table>`;
}

function parameterRow({ name, required, schema, description }: Row): unknown {
  const type = html`<span class="type">${typeOf(schema)}</span>`;
  const mark = required ? html` <span class="required">required</span>` : nothing;
  return html`<tr><th scope="row"><code>${name}</code> ${type}${mark}</th><td>${prose(description)}</td></tr>`;
}

function typeOf(schema: JsonSchema): string {
  const { type, items } = schema as { type?: string | string[]; items?: JsonSchema };
  const choices = (schema['oneOf'] ?? schema['anyOf']) as JsonSchema[] | undefined;
  if (choices) return [...new Set(choices.map(typeOf))].join(' or ');
  if (Array.isArray(schema['enum'])) return schema['enum'].join(' | ');
  if (type === 'array') return `array of ${items ? typeOf(items) : 'values'}s`;
  return [type ?? 'string'].flat().join(' or ');
}

function answers({ answers: all, operation }: Operation): unknown {
  const rows = all
    .filter(isSuccess)
    .map(({ status, description }) => html`<tr><th scope="row">${status}</th><td>${prose(description)}</td></tr>`);
  return html`<h4 id="${operation}-answers">Answers</h4>${tableOf(`${operation}-answers`, ['Status', 'Meaning'], rows)}`;
}

function errors({ answers: all, operation, group }: Operation): unknown {
  const rows = all
    .filter((answer) => !isSuccess(answer))
    .map(({ status, codes, description }) => {
      const reasons = codes ? codeLinks(codes, group) : prose(description);
      return html`<tr><th scope="row">${status}</th><td>${reasons}</td></tr>`;
    });
  return html`<h4 id="${operation}-errors">Errors</h4>${tableOf(`${operation}-errors`, ['Status', 'Reasons'], rows)}`;
}

function codeLinks(codes: readonly string[], group: string): unknown[] {
  return codes.map((code) => html`<a class="code-link" href="#${errorAnchor(code, group)}"><code>${code}</code></a> `);
}

/** Examples of the answers: successes are open, errors without a code are folded. */
function exampleAnswers({ answers: all }: Operation): unknown {
  return all.flatMap((answer) =>
    examplesOf(answer).map(([name, value]) => {
      const kind = isSuccess(answer) ? 'Answer' : 'Error';
      const title = `${answer.status} ${name === 'example' ? kind : name}`;
      const block = codeBlock(
        `Answer ${title}`,
        toJson(value),
        html`<span class=${isSuccess(answer) ? 'ok' : 'bad'}>${title}</span>`,
      );
      return isSuccess(answer) ? block : html`<details class="fold"><summary>${title}</summary>${block}</details>`;
    }),
  );
}

function examplesOf(answer: OperationAnswer): [string, unknown][] {
  // Errors with codes need no example, because they all look alike and each code has its own explanation.
  if (!isSuccess(answer) && answer.codes) return [];
  return Object.entries(answer.content ?? {})
    .filter(([type]) => type !== PROBLEM_TYPE)
    .flatMap(([, { examples }]) => Object.entries(examples));
}
