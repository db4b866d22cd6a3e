import { type AskedForCode, askForCode } from '#domain/codes/ask-for-code.ts';
import type { CodeWay } from '#domain/codes/code-way.ts';
import { devicesOf } from '#engine/device-cookie.ts';
import { testPeopleOf } from '#http/test-people-cookie.ts';
import { type Step, sandboxAppOf } from '../step.ts';
import { placeOf } from './held-code.ts';
import { openAccount } from './open-account.ts';

/** Asks for a code that is typed in this interaction. */
export async function askHere(step: Step, { email, way }: { email: string; way: CodeWay }): Promise<AskedForCode> {
  const { context, interaction, page, request } = step;
  return askForCode(context, {
    ...placeOf(interaction, way),
    email,
    address: request.ip,
    appId: sandboxAppOf(step),
    testPeople: testPeopleOf(context, request.raw),
    devices: devicesOf(context, request),
    languages: page.languages,
    within: await openAccount(step, email),
  });
}
