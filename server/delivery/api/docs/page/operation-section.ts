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

/** One call: what it does, takes and answers; beside it how to call it. */
export function operationSection(operation: Operation, { publicUrl }: DocumentedPlatform): Section {
  const { description, summary } = operation;
  return {
    id: operation.operation,
    title: summary,
    method: operation.method,
    text: html`<p class="endpoint"><span class="method ${operation.method.toLowerCase()}">${operation.method}</span> <code>${operation.path}</code></p>
${description ? html`<p>${prose(description)}</p>` : nothing}
${parameterTables(operation)}
${answers(operation)}
${errors(operation)}`,
    aside: [codeTabs(operation.operation, summary, samplesOf(operation, publicUrl)), exampleAnswers(operation)],
  };
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
  return html`<h4 id=${id}>${title}</h4><table class="parameters" aria-labelledby=${id}><thead class="hidden"><tr><th scope="col">Parameter</th><th scope="col">Meaning</th></tr></thead><tbody>${rows.map(
    ({ name, required, schema, description }) =>
      html`<tr><th scope="row"><code>${name}</code> <span class="type">${typeOf(schema)}</span>${required ? html` <span class="required">required</span>` : nothing}</th><td>${prose(description)}</td></tr>`,
  )}</tbody></table>`;
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
  return html`<h4 id="${operation}-answers">Answers</h4><table class="parameters" aria-labelledby="${operation}-answers"><thead class="hidden"><tr><th scope="col">Status</th><th scope="col">Meaning</th></tr></thead><tbody>${all
    .filter(isSuccess)
    .map(
      ({ status, description }) => html`<tr><th scope="row">${status}</th><td>${prose(description)}</td></tr>`,
    )}</tbody></table>`;
}

function errors({ answers: all, operation, group }: Operation): unknown {
  return html`<h4 id="${operation}-errors">Errors</h4><table class="parameters" aria-labelledby="${operation}-errors"><thead class="hidden"><tr><th scope="col">Status</th><th scope="col">Reasons</th></tr></thead><tbody>${all
    .filter((answer) => !isSuccess(answer))
    .map(
      (answer) =>
        html`<tr><th scope="row">${answer.status}</th><td>${answer.codes ? codeLinks(answer.codes, group) : prose(answer.description)}</td></tr>`,
    )}</tbody></table>`;
}

function codeLinks(codes: readonly string[], group: string): unknown[] {
  return codes.map((code) => html`<a class="code-link" href="#${errorAnchor(code, group)}"><code>${code}</code></a> `);
}

/** The success, open; errors that have a form of their own, folded. */
function exampleAnswers({ answers: all }: Operation): unknown {
  return all.flatMap((answer) =>
    examplesOf(answer).map(([name, value]) => {
      const title = `${answer.status} ${name === 'example' ? (isSuccess(answer) ? 'Answer' : 'Error') : name}`;
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
  // Errors with codes look alike, and each is explained under its code.
  if (!isSuccess(answer) && answer.codes) return [];
  return Object.entries(answer.content ?? {})
    .filter(([type]) => type !== PROBLEM_TYPE)
    .flatMap(([, { examples }]) => Object.entries(examples));
}
