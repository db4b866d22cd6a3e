import { type Field, MAX_NONCE_LENGTH } from '@signup-with-platform/protocol';
import { z } from 'zod';
import type { FieldCatalogue } from '../../domain/claims/catalogue.ts';
import { FedcmError } from './fedcm-error.ts';

const MAX_PARAMETER_LENGTH = 1_000;
const text = z.string().max(MAX_PARAMETER_LENGTH);

const formSchema = z.object({
  client_id: z.string().min(1).max(64),
  account_id: z.string().min(1).max(64),
  /** What the browser's dialog said would be shared, separated by commas; absent when it said nothing. */
  disclosure_shown_for: text.optional(),
  params: z.string().max(4 * MAX_PARAMETER_LENGTH),
});

/** What our widget sends along (widget/attempt/fedcm.ts): the same as in a popup's address. */
const paramsSchema = (catalogue: FieldCatalogue) =>
  z.object({
    nonce: z.string().min(1).max(MAX_NONCE_LENGTH),
    fields: text
      .optional()
      .refine(
        (names) => namesOf(names).every((name) => catalogue.has(name)),
        'fields names what is not a claim that can be asked for',
      ),
    language: text.optional(),
    theme: z.enum(['light', 'dark', 'auto']).default('auto').catch('auto'),
  });

export interface AssertionRequest {
  readonly clientId: string;
  readonly accountId: string;
  /** Fields that the browser told the person would be shared, before the person continued. */
  readonly disclosed: ReadonlySet<Field>;
  readonly params: z.infer<ReturnType<typeof paramsSchema>>;
}

/** Reads what a browser posts to the id assertion endpoint (FedCM section 3.5). @throws FedcmError `invalid_request` */
export function readAssertionRequest(body: unknown, catalogue: FieldCatalogue): AssertionRequest {
  const form = formSchema.safeParse(body);
  if (!form.success) throw new FedcmError('invalid_request', explain(form.error));
  const params = paramsSchema(catalogue).safeParse(parseJson(form.data.params));
  if (!params.success) throw new FedcmError('invalid_request', `params: ${explain(params.error)}`);
  const disclosed = new Set<string>(form.data.disclosure_shown_for?.split(','));
  return {
    clientId: form.data.client_id,
    accountId: form.data.account_id,
    disclosed: new Set(catalogue.fields.filter((field) => disclosed.has(field))),
    params: params.data,
  };
}

function namesOf(fields: string | undefined): string[] {
  return (fields ?? '').split(/[\s,]+/).filter(Boolean);
}

function parseJson(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}

function explain(error: z.ZodError): string {
  return error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('; ');
}
