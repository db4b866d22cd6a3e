import {
  ENVIRONMENTS,
  ROTATED_KEYS,
  WEBHOOK_EVENT_TYPES,
  WEBHOOK_EVENT_VERSION,
  WEBHOOK_HEADERS,
  type WebhookEventType,
} from '@signup-with-platform/protocol';
import type { JsonSchema } from '../validation/json-schema.ts';

/** What has happened, as the list of events says it. */
export const WEBHOOK_SUMMARIES: Readonly<Record<WebhookEventType, string>> = {
  'user.created': 'A person has signed up with your app, or your backend has made the user.',
  'user.updated': 'Something changed that this person shares with you.',
  'user.consent_changed': 'This person now shares more with you, or less.',
  'user.disconnected': 'This person has disconnected your app from the account.',
  'user.deleted': 'The account, or your user, has been deleted.',
  'email.verified': 'This person has proven the email address that is shared with you.',
  'app.suspended': 'The platform’s operator has stopped your app.',
  'key.rotated': 'A key was replaced.',
};

export const WEBHOOK_DESCRIPTION =
  'Sent to your endpoint, signed as Standard Webhooks 1.0 says. It names what has happened and never the values: ask the user API. ' +
  'Answer with 2xx within ten seconds.';

export const WEBHOOK_PARAMETERS: readonly { name: string; description: string; schema: JsonSchema }[] = [
  {
    name: WEBHOOK_HEADERS.ID,
    description: 'The same each time that the event is sent, so that you can act on it once.',
    schema: { type: 'string' },
  },
  {
    name: WEBHOOK_HEADERS.TIMESTAMP,
    description: 'When this attempt was sent, in seconds since the epoch.',
    schema: { type: 'string', pattern: '^\\d+$' },
  },
  {
    name: WEBHOOK_HEADERS.SIGNATURE,
    description: '`v1,` and the base64 of an HMAC-SHA256; two, separated by a space, while the secret is replaced.',
    schema: { type: 'string', pattern: '^v1,\\S+( v1,\\S+)*$' },
  },
];

const ABOUT_APP: Readonly<Record<string, JsonSchema>> = {
  version: { type: 'integer', const: WEBHOOK_EVENT_VERSION, description: 'Members may be added in the same version.' },
  client_id: { type: 'string' },
  environment: { type: 'string', enum: [...ENVIRONMENTS] },
};
const OPTIONAL: Readonly<Record<string, JsonSchema>> = {
  is_replay: { type: 'boolean', const: true, description: 'Somebody has had the event sent again.' },
  is_test: { type: 'boolean', const: true, description: 'Somebody is trying the endpoint, and nothing has happened.' },
};
const ABOUT_USER: Readonly<Record<string, JsonSchema>> = {
  ...ABOUT_APP,
  user_id: { type: 'string', description: 'The `sub` of the credential, and the `id` in the user API.' },
  sequence: {
    type: 'integer',
    minimum: 1,
    description:
      'Counts the events of this user. One that is not above the last that you have acted on is late: ignore it.',
  },
};
const namesOf = (name: JsonSchema): JsonSchema => ({ type: 'array', minItems: 1, uniqueItems: true, items: name });
/** Of a claim, an operator's own among them, or of what the user API alone has. */
const userChanged = {
  ...ABOUT_USER,
  changed: namesOf({
    type: 'string',
    description: 'As in the credential, or in the user API.',
    examples: ['given_name'],
  }),
};

const DATA: Readonly<Record<WebhookEventType, Readonly<Record<string, JsonSchema>>>> = {
  'user.created': ABOUT_USER,
  'user.updated': userChanged,
  'user.consent_changed': userChanged,
  'user.disconnected': ABOUT_USER,
  'user.deleted': ABOUT_USER,
  'email.verified': ABOUT_USER,
  'app.suspended': ABOUT_APP,
  'key.rotated': { ...ABOUT_APP, changed: namesOf({ type: 'string', enum: [...ROTATED_KEYS] }) },
};

/** E.g. `UserCreatedEvent`. */
export function webhookSchemaName(type: WebhookEventType): string {
  const words = type.split(/[._]/).map((word) => word.charAt(0).toUpperCase() + word.slice(1));
  return `${words.join('')}Event`;
}

/** A JSON Schema for the body of each type. Receivers must accept members that it does not name. */
export const WEBHOOK_SCHEMAS: Readonly<Record<string, JsonSchema>> = Object.fromEntries(
  WEBHOOK_EVENT_TYPES.map((type) => [webhookSchemaName(type), schemaOf(type)]),
);

function schemaOf(type: WebhookEventType): JsonSchema {
  return {
    type: 'object',
    description: WEBHOOK_SUMMARIES[type],
    required: ['type', 'timestamp', 'data'],
    properties: {
      type: { type: 'string', const: type },
      timestamp: { type: 'string', format: 'date-time', description: 'When it happened.' },
      data: {
        type: 'object',
        required: Object.keys(DATA[type]),
        properties: { ...DATA[type], ...OPTIONAL },
      },
    },
  };
}
