import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { confirmEmail } from '../../domain/accounts/confirm-email.ts';
import type { BodyContract } from '../../http/body/body-contract.ts';
import { formOf } from '../../http/body/form-record.ts';
import { readBody } from '../../http/body/read-body.ts';
import { isSameOrigin } from '../../http/csrf.ts';
import type { RealmContext } from '../../http/realm-context.ts';
import { languagesOf } from '../../http/wanted-languages.ts';
import { themeOf } from '../../pages/page-context.ts';
import { sendPage } from '../../pages/write-page.ts';
import { type ConfirmEmailModel, confirmEmailPage } from './pages/confirm-email-page.ts';
import { PopupError } from './popup-error.ts';

const CONFIRM_FORM: BodyContract = { types: ['form'], maxBytes: 4 * 1024 };
const querySchema = z.object({ language: z.string().max(35).optional().catch(undefined) });
const languageIn = (query: unknown) => querySchema.parse(query ?? {}).language;
const codeSchema = z.object({ code: z.string().min(1).max(200) });

/**
 * The page behind the link in a confirmation mail. Opening it changes nothing: mail scanners open links, and must not be able to
 * confirm an address on behalf of somebody who signed up with it. The button does.
 */
export async function registerConfirmEmailRoutes(app: FastifyInstance, context: RealmContext): Promise<void> {
  const path = `${context.prefix}/confirm-email`;
  const actionFor = (query: unknown) => {
    const language = languageIn(query);
    return language === undefined ? path : `${path}?${new URLSearchParams({ language })}`;
  };
  const render = (request: FastifyRequest, model: ConfirmEmailModel) =>
    confirmEmailPage(
      {
        platformName: context.config.platformName,
        brand: context.config.brand,
        realm: context.realm,
        languages: languagesOf(languageIn(request.query), request.headers['accept-language']),
        theme: themeOf(undefined),
      },
      model,
    );

  await app.register(async (routes) => {
    routes.get(path, async (request, reply) => {
      const parsed = codeSchema.safeParse(request.query);
      if (!parsed.success) return sendPage(reply, 400, render(request, { outcome: 'refused' }));
      const { code } = parsed.data;
      return sendPage(
        reply,
        200,
        render(request, { outcome: 'ask', action: actionFor(request.query), code, csrf: context.csrf.issue(code) }),
      );
    });

    routes.post(path, async (request, reply) => {
      if (!isSameOrigin(request, context.config.publicUrl)) throw new PopupError('forbidden');
      const form = formOf(await readBody(request, CONFIRM_FORM));
      const parsed = codeSchema.safeParse(form);
      if (!parsed.success || !context.csrf.accepts(parsed.data.code, form['csrf'])) throw new PopupError('forbidden');
      const confirmed = await confirmEmail(context, parsed.data.code);
      return sendPage(reply, confirmed ? 200 : 400, render(request, { outcome: confirmed ? 'confirmed' : 'refused' }));
    });
  });
}
