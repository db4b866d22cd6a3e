import type { JsonSchema } from '../validation/json-schema.ts';

/** Example values by property name. They describe one person, the same in each example. */
const SAMPLES: Readonly<Record<string, unknown>> = {
  id: 'lFVofRqhZ8KxW2mD4tQyNA',
  email: 'jane.doe@example.com',
  signin_id: 'jane.doe@example.com',
  userName: 'jane.doe@example.com',
  username: 'jane.doe',
  password: 'Orchid-lamp-42',
  password_confirmation: 'Orchid-lamp-42',
  first_name: 'Jane',
  last_name: 'Doe',
  firstName: 'Jane',
  lastName: 'Doe',
  roles: ['customer', 'newsletter'],
  is_active: true,
  is_email_verified: false,
  last_signin: null,
  created_at: '2026-03-09T14:05:33.120Z',
  updated_at: '2026-03-09T14:05:33.120Z',
  code: 'mJ0cX9Yq3kq1rWzR8sVb2eTnLp5uHdGa',
  confirmed: true,
  has_more: false,
  next: null,
  previous: null,
  type: 'signin',
  language: 'en',
  header: 'Check your inbox',
  body: 'If the address is known, we have sent a message to it.',
  client_id: 'cOaWg1cFuBK7ytOOdnSjxf536R1ANIA3',
  client_secret: 'gGQlhpSl5Rpanz0mXo2fWq8TtYk4NbVc1eHdLsPu',
  verify_url: 'https://shop.example/verify',
  reset_url: 'https://shop.example/reset',
  limit: 10,
  to: 'jane.doe@example.com',
  subject: 'Confirm your email address for the shop “Test Shop”',
  text: 'The shop “Test Shop” asks you to confirm that this email address is yours: …',
  link: 'https://shop.example/verify?code=mJ0cX9Yq3kq1rWzR8sVb2eTnLp5uHdGa',
  deleted: 3,
};

/** An example value for a schema: our sample for that name, else the schema's own example, else the simplest valid value. */
export function exampleOf(schema: JsonSchema, name = ''): unknown {
  const { examples, type, properties, items, required } = schema as {
    examples?: unknown[];
    type?: string | string[];
    properties?: Record<string, JsonSchema>;
    items?: JsonSchema;
    required?: string[];
  };
  const [choice] = (schema['oneOf'] ?? schema['anyOf'] ?? []) as JsonSchema[];
  const all = schema['allOf'] as JsonSchema[] | undefined;
  if (all && type === undefined) return Object.assign({}, ...all.map((part) => exampleOf(part)));
  if (name in SAMPLES && fits(SAMPLES[name], schema)) return SAMPLES[name];
  if (examples && examples.length > 0) return examples[0];
  if ('const' in schema) return schema['const'];
  if (Array.isArray(schema['enum'])) return schema['enum'][0];
  if (type === 'object' && properties) {
    const named = Object.entries(properties).filter(([key]) => !required || required.includes(key) || key in SAMPLES);
    return Object.fromEntries(named.map(([key, property]) => [key, exampleOf(property, key)]));
  }
  if (type === 'array') return items ? [exampleOf(items)] : [];
  if (choice) return exampleOf(choice, name);
  if (type === 'boolean') return true;
  if (type === 'integer' || type === 'number') return schema['default'] ?? schema['minimum'] ?? 1;
  if (Array.isArray(type) && type.includes('null')) return null;
  return schema['format'] === 'uri' ? 'https://shop.example/' : 'text';
}

function fits(value: unknown, { type, const: constant, enum: choices }: JsonSchema): boolean {
  if (constant !== undefined) return value === constant;
  if (Array.isArray(choices)) return choices.includes(value);
  return type === undefined || [type].flat().includes(typeOf(value));
}

function typeOf(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  return typeof value === 'number' ? 'integer' : typeof value;
}
