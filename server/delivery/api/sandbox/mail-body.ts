import type { InboxMail } from '#storage/sandbox-inbox.ts';
import { ApiError } from '../api-error.ts';
import type { ApiAnswer, ApiCall } from '../route.ts';
import type { JsonSchema } from '../validation/json-schema.ts';

const ID = /^[\w-]{1,64}$/;

export const MAIL_SCHEMA: JsonSchema = {
  type: 'object',
  required: ['id', 'to', 'subject', 'text', 'link', 'code', 'created_at'],
  properties: {
    id: { type: 'string' },
    to: { type: 'string', description: 'The address.' },
    subject: { type: 'string' },
    text: { type: 'string', description: 'Plain text.' },
    link: { type: ['string', 'null'], format: 'uri', description: 'The link in the text.' },
    code: { type: ['string', 'null'], description: 'The code in the text, or in the link.' },
    created_at: { type: 'string', format: 'date-time' },
  },
  additionalProperties: false,
};

export function mailBody({ id, to, subject, text, link, code, createdAt }: InboxMail): Record<string, string | null> {
  return { id, to, subject, text, link: link ?? null, code: code ?? null, created_at: createdAt.toISOString() };
}

/** The app whose inbox a key opens. @throws ApiError 403 `sandbox_only` for a key of production, where mails reach people */
export function inboxAppOf({ access }: Pick<ApiCall, 'access'>): string {
  if (access.realm === 'sandbox') return access.appId;
  throw new ApiError(
    403,
    'sandbox_only',
    'Mails are kept for reading in the sandbox only. Use a key of localhost or development:sandbox.',
  );
}

/** @throws ApiError 400 for what no mail is named by */
export function mailIdOf({ params }: Pick<ApiCall, 'params'>): string {
  const id = params['id'] ?? '';
  if (!ID.test(id)) throw new ApiError(400, 'invalid_request', 'A mail id contains only letters, digits, - and _.');
  return id;
}

/** @throws ApiError 404 when there is no mail */
export function mailAnswer(mail: InboxMail | undefined): ApiAnswer {
  if (mail) return { body: mailBody(mail), headers: { 'cache-control': 'no-store' } };
  throw new ApiError(404, 'not_found', 'There is no such mail. An inbox keeps the newest mails, for a few days.');
}
