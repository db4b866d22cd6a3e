import { isSuccess, JSON_TYPE, type Operation } from '../operation.ts';
import { toJavaScript, toJson, toPhp, toShell } from './literals.ts';

/** The languages of the examples, in the order of their tabs. */
export const LANGUAGES = { curl: 'cURL', javascript: 'JavaScript', php: 'PHP' } as const;
export type SampleLanguage = keyof typeof LANGUAGES;

export type Samples = Readonly<Partial<Record<SampleLanguage, string>>>;

/** The user id in the examples, which readers replace by one of their own. */
export const EXAMPLE_ID = 'lFVofRqhZ8KxW2mD4tQyNA';

/** Examples to copy and run. They read the secret key from the environment variable SECRET_KEY, so that it is in no file. */
export function samplesOf(operation: Operation, publicUrl: string): Samples {
  const request: Request = {
    url: `${publicUrl}${operation.path.replaceAll(/\{\w+\}/g, EXAMPLE_ID)}${queryOf(operation)}`,
    method: operation.method,
    keyed: operation.security !== 'none',
    basic: operation.security === 'any',
    idempotent: operation.parameters.some(({ name }) => name === 'Idempotency-Key'),
    result: resultOf(operation),
    ...(operation.body && { body: Object.values(operation.body.examples)[0] }),
  };
  return { curl: curl(request), javascript: javascript(request), php: php(request) };
}

interface Request {
  url: string;
  method: Operation['method'];
  keyed: boolean;
  /** Whether the key may be the user name of HTTP Basic. */
  basic: boolean;
  idempotent: boolean;
  /** The name of the variable for the result. */
  result: string;
  body?: unknown;
}

function queryOf({ parameters }: Operation): string {
  return parameters.some(({ name, in: place }) => place === 'query' && name === 'limit') ? '?limit=3' : '';
}

function resultOf({ answers }: Operation): string {
  const success = answers.find(isSuccess)?.content?.[JSON_TYPE];
  const members = Object.keys((success?.schema['properties'] ?? {}) as object);
  if (members.includes('has_more')) return 'page';
  return members.includes('email') || members.includes('userName') ? 'user' : 'answer';
}

function curl({ url, method, keyed, basic, idempotent, body }: Request): string {
  const implied = method === 'GET' || (method === 'POST' && body !== undefined);
  const key = basic ? '-u "$SECRET_KEY:"' : '-H "X-Api-Key: $SECRET_KEY"';
  const lines = [
    `curl ${/[?&]/.test(url) ? toShell(url) : url}`,
    ...(implied ? [] : [`-X ${method}`]),
    ...(keyed ? [key] : []),
    ...(idempotent ? ['-H "Idempotency-Key: $(uuidgen)"'] : []),
    ...(body === undefined ? [] : [`-H 'Content-Type: application/json'`, `-d ${toShell(toJson(body))}`]),
  ];
  return lines.join(' \\\n  ');
}

function javascript({ url, method, keyed, idempotent, result, body }: Request): string {
  const headers = [
    ...(keyed ? ["'X-Api-Key': process.env.SECRET_KEY"] : []),
    ...(idempotent ? ["'Idempotency-Key': crypto.randomUUID()"] : []),
    ...(body === undefined ? [] : ["'Content-Type': 'application/json'"]),
  ];
  const options = [
    ...(method === 'GET' ? [] : [`method: '${method}',`]),
    headers.length > 1
      ? `headers: {\n${headers.map((header) => `    ${header},\n`).join('')}  },`
      : `headers: { ${headers} },`,
    ...(body === undefined ? [] : [`body: JSON.stringify(${toJavaScript(body, '  ')}),`]),
  ];
  return `const response = await fetch('${url}', {
${options.map((option) => `  ${option}\n`).join('')}});
const ${result} = await response.json();
if (!response.ok) throw new Error(JSON.stringify(${result}));
console.log(${result});`;
}

function php({ url, method, keyed, idempotent, result, body }: Request): string {
  const headers = [
    ...(keyed ? ["'X-Api-Key: ' . getenv('SECRET_KEY')"] : []),
    ...(idempotent ? ["'Idempotency-Key: ' . bin2hex(random_bytes(16))"] : []),
    ...(body === undefined ? [] : ["'Content-Type: application/json'"]),
  ];
  const content = body === undefined ? '' : `    'content' => json_encode(${toPhp(body, '    ')}),\n`;
  return `<?php
$context = stream_context_create(['http' => [
    'method' => '${method}',
    'header' => [
${headers.map((header) => `        ${header},\n`).join('')}    ],
${content}    'ignore_errors' => true, // errors have a body, too
]]);
$body = file_get_contents('${url}', false, $context);
$${result} = json_decode($body, true, 512, JSON_THROW_ON_ERROR);
print_r($${result});`;
}
