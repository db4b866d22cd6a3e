import { MAX_NONCE_LENGTH, MAX_STATE_LENGTH, type PopupRequest } from '@signup-with-platform/protocol';
import { z } from 'zod';
import type { PopupParameters } from '#engine/authorization-request.ts';
import { PopupError } from '../popup-error.ts';
import { explainProblem } from './explain-problem.ts';

const MAX_PARAMETER_LENGTH = 1_000;
const parameter = z.string().min(1).max(MAX_PARAMETER_LENGTH);

const addressSchema = z.object({
  client_id: parameter,
  origin: parameter,
  state: z.string().min(1).max(MAX_STATE_LENGTH),
});

const requestSchema = z.object({
  nonce: z.string().min(1).max(MAX_NONCE_LENGTH),
  response_type: z.enum(['id_token', 'code']).default('id_token'),
  code_challenge: parameter.optional(),
  code_challenge_method: z.literal('S256').optional(),
  fields: z.string().max(MAX_PARAMETER_LENGTH).optional(),
  language: z.string().max(MAX_PARAMETER_LENGTH).optional(),
  theme: z.enum(['light', 'dark', 'auto']).default('auto').catch('auto'),
  redirect_uri: parameter.optional(),
  mode: z.enum(['popup', 'redirect']).default('popup'),
  prompt: z.literal('login').optional(),
} satisfies Record<keyof Omit<PopupRequest, 'client_id' | 'origin' | 'state'>, z.ZodType>);

/** Who asks. It has to hold before anything may be posted to the page, so an error in it is shown in the popup only. */
export type PageAddress = z.infer<typeof addressSchema>;

/** What is asked for. An error in it is delivered to the page. */
export type AskedRequest = z.infer<typeof requestSchema> & PopupParameters;

/** @throws PopupError `invalid_request` */
export function readPageAddress(query: unknown): PageAddress {
  const parsed = addressSchema.safeParse(query, { reportInput: true });
  if (!parsed.success) throw new PopupError('invalid_request', explainProblem(parsed.error));
  return parsed.data;
}

/** @returns the request, or the problem in it, in English for developers */
export function readAskedRequest(query: unknown): { request: AskedRequest } | { problem: string } {
  const parsed = requestSchema.safeParse(query, { reportInput: true });
  return parsed.success ? { request: parsed.data } : { problem: explainProblem(parsed.error) };
}
