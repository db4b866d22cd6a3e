import { z } from 'zod';
import { INBOX_DAYS, INBOX_SIZE, type InboxQuery } from '#storage/sandbox-inbox.ts';
import type { ApiAnswer, ApiCall, ApiRoute } from '../route.ts';
import { inboxAppOf, MAIL_SCHEMA, mailBody } from './mail-body.ts';
import { MAX_WAIT_SECONDS, waitForMail } from './wait-for-mail.ts';

const MAX_LIMIT = 100;
const DEFAULT_LIMIT = 10;

const numberUpTo = (max: number) =>
  z
    .string(`is a number from 1 to ${max}`)
    .regex(/^[1-9]\d{0,2}$/, `is a number from 1 to ${max}`)
    .transform(Number)
    .refine((value) => value <= max, `is a number from 1 to ${max}`)
    .optional();

export const recipient = z
  .string('is given once')
  .trim()
  .min(1, 'is not empty')
  .max(254, 'is too long')
  .regex(/^\P{Cc}+$/u, 'is text')
  .optional();

const query = z.object({
  to: recipient.describe('Returns only mails to this address, in any case.'),
  since: z.iso
    .datetime({ offset: true, error: 'is a time such as 2026-11-21T09:30:00Z' })
    .optional()
    .describe('Returns only mails from this time on.'),
  wait: numberUpTo(MAX_WAIT_SECONDS).meta({
    description: `Waits for so many seconds at most until there is a mail to return. Combine it with \`to\` and \`since\`.`,
    type: 'integer',
    minimum: 1,
    maximum: MAX_WAIT_SECONDS,
  }),
  limit: numberUpTo(MAX_LIMIT).meta({
    description: `The number of mails per page. Default ${DEFAULT_LIMIT}.`,
    type: 'integer',
    minimum: 1,
    maximum: MAX_LIMIT,
  }),
  starting_after: z
    .string('is given once')
    .regex(/^\d{1,15}-[\w-]{1,64}$/, 'is taken from next')
    .optional()
    .describe('Returns older mails. Take it from `next`.'),
});
type Query = z.infer<typeof query>;

export const listMails: ApiRoute = {
  method: 'GET',
  path: '/sandbox/mails',
  operation: 'listSandboxMails',
  summary: 'List what would have been mailed, newest first',
  description:
    'What your app causes to be mailed in the sandbox reaches nobody but the members of your app. All of it is kept here: the newest ' +
    `${INBOX_SIZE} mails, for ${INBOX_DAYS} days, of all environments of the sandbox. For keys of the sandbox only.`,
  rights: 'read',
  query,
  answer: {
    description: 'The mails.',
    schema: {
      type: 'object',
      required: ['data', 'has_more', 'next'],
      properties: {
        data: { type: 'array', items: MAIL_SCHEMA },
        has_more: { type: 'boolean', description: 'Whether there are older mails.' },
        next: { type: ['string', 'null'], format: 'uri', description: 'The page of older mails.' },
      },
    },
  },
  errors: { 403: ['sandbox_only'] },
  handle,
};

async function handle(call: ApiCall): Promise<ApiAnswer> {
  const appId = inboxAppOf(call);
  const { to, since, wait, limit = DEFAULT_LIMIT, starting_after: after } = call.query as Query;
  const asked: InboxQuery = {
    limit,
    to,
    since: since === undefined ? undefined : new Date(since),
    before: cursor(after),
  };
  const read = () => call.context.storage.sandboxInbox.list(appId, asked);
  const { mails, more } = wait === undefined ? await read() : await waitForMail(appId, wait, read);
  const last = mails.at(-1);
  const next = more && last ? pageAfter(call, { ...(call.query as Query), limit }, last) : null;
  return {
    body: { data: mails.map(mailBody), has_more: more, next },
    headers: { 'cache-control': 'no-store', ...(next && { link: `<${next}>; rel="next"` }) },
  };
}

/** A cursor holds the time, too, so that it still works once its mail has been deleted. */
function cursor(text: string | undefined): InboxQuery['before'] {
  if (text === undefined) return undefined;
  const [at = '', ...id] = text.split('-');
  return { createdAt: new Date(Number(at)), id: id.join('-') };
}

function pageAfter({ context }: ApiCall, { to, since, limit }: Query, last: { id: string; createdAt: Date }): string {
  const parameters = { limit: String(limit), ...(to && { to }), ...(since && { since }) };
  const query = new URLSearchParams({ ...parameters, starting_after: `${last.createdAt.getTime()}-${last.id}` });
  return `${context.config.publicUrl}/1/sandbox/mails?${query}`;
}
