import type { JsonSchema } from '../validation/json-schema.ts';

/** What events/event-json.ts makes. */
export const EVENT_SCHEMA: JsonSchema = {
  type: 'object',
  required: ['id', 'type', 'created_at', 'attempt', 'request_id', 'user_id', 'status', 'summary', 'detail'],
  properties: {
    id: { type: 'string', description: 'Sorts by time.' },
    type: { type: 'string', description: 'What happened, e.g. `popup.opened`. There may be new ones at any time.' },
    created_at: { type: 'string', format: 'date-time' },
    attempt: {
      type: ['string', 'null'],
      description: 'The same for all events of one person’s attempt to sign up. Calls of your backend belong to none.',
    },
    request_id: { type: ['string', 'null'], description: 'X-Request-Id of the response. Quote it to support.' },
    user_id: { type: ['string', 'null'], description: 'The user’s id, as in the `sub` of the credential.' },
    status: { type: ['integer', 'null'], description: 'The HTTP status, of a call by your backend.' },
    summary: { type: 'string', description: 'One line of English, for reading. Compare `type` in programs.' },
    detail: { type: 'object', description: 'What else is known. It differs by type.' },
  },
  additionalProperties: false,
  examples: [
    {
      id: '0mbg2q7fk000101d8c6e4b2',
      type: 'credential.issued',
      created_at: '2026-03-09T14:05:33.120Z',
      attempt: 'q3Vd0kH7sXbT1mWcYpZr4A',
      request_id: '65a2306d-4d03-4111-bdb0-497d80b76930',
      user_id: 'lFVofRqhZ8KxW2mD4tQyNA',
      status: null,
      summary: 'Credential issued for a new user',
      detail: { response_type: 'id_token', is_new_user: true },
    },
  ],
};
