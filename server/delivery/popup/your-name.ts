import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { choosePassword } from '../../domain/accounts/choose-password.ts';
import { hashAccountPassword } from '../../domain/accounts/find-by-password.ts';
import type { SignUpFieldError } from '../../domain/accounts/sign-up.ts';
import { nameSchema } from '../../domain/claims/input-schemas.ts';
import { networkAsPayer } from '../../domain/throttle/guesses.ts';
import { retryAfter } from '../../http/retry-after.ts';
import { OverloadedError } from '../../load/overloaded-error.ts';
import { sendPage } from '../../pages/write-page.ts';
import type { Account } from '../../storage/accounts.ts';
import { heldAt, pass } from './held-sign-in.ts';
import type { YourNameModel } from './pages/models.ts';
import { yourNamePage } from './pages/your-name-page.ts';
import { proceedHeld } from './proceed.ts';
import type { Step } from './step.ts';
import { yourNameModel } from './your-name-model.ts';

const MAX_INPUT_LENGTH = 1_000;
const text = z.string().max(MAX_INPUT_LENGTH).catch('');
const formSchema = z.object({ given_name: text, family_name: text, password: text });

/** POST name: what a new account has besides its address. All of it may be left out. */
export async function postName(step: Step): Promise<FastifyReply> {
  const { context, interaction, form, request } = step;
  const at = await heldAt(context, interaction, 'name');
  if (!at) return step.reply.redirect(form.action, 303);
  const { given_name, family_name, password } = formSchema.parse(request.body);
  const values = { given_name, family_name };
  const person = { ...at.account, givenName: given_name, familyName: family_name };
  const chosen = password === '' ? undefined : await choosePassword(context, password, person);
  const errors: YourNameModel['errors'] = {
    ...nameProblems(values),
    ...(chosen && 'problem' in chosen && { password: chosen.problem }),
  };
  const send = (status: number, model: Partial<YourNameModel>) =>
    sendPage(step.reply, status, yourNamePage(step.page, { ...yourNameModel(step, at.account), values, ...model }));
  if (Object.keys(errors).length > 0) return send(400, { errors });
  try {
    const account = await fillIn(
      step,
      at.account,
      values,
      chosen && 'password' in chosen ? chosen.password : undefined,
    );
    return await proceedHeld(step, account, pass(at.held, 'name'));
  } catch (error) {
    if (!(error instanceof OverloadedError)) throw error;
    retryAfter(step.reply, error.retryAfterSeconds * 1000);
    return send(503, { error: 'busy' });
  }
}

function nameProblems(values: { given_name: string; family_name: string }): YourNameModel['errors'] {
  const problems = Object.entries(values).flatMap(([field, value]) => {
    const { error } = nameSchema.safeParse(value);
    return error ? [[field, error.issues[0]?.message as SignUpFieldError]] : [];
  });
  return Object.fromEntries(problems) as YourNameModel['errors'];
}

async function fillIn(
  { context, request }: Step,
  account: Account,
  values: { given_name: string; family_name: string },
  password: string | undefined,
): Promise<Account> {
  const { accounts } = context.rows;
  const [givenName, familyName] = [nameSchema.parse(values.given_name), nameSchema.parse(values.family_name)];
  const passwordHash =
    password === undefined
      ? undefined
      : await hashAccountPassword(context, account.email ?? '', password, networkAsPayer(request.ip));
  const name = { ...(givenName && { givenName }), ...(familyName && { familyName }) };
  await accounts.updateProfile(account.id, name);
  if (passwordHash !== undefined) await accounts.setPasswordHash(account.id, passwordHash);
  return { ...account, ...name, ...(passwordHash !== undefined && { passwordHash }) };
}
