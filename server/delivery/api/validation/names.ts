import { ApiError } from '../api-error.ts';
import { nearestName } from './nearest-name.ts';
import type { Parameters } from './parameters.ts';

/** What a form in PHP's or Rails' notation says about a name: `roles[]`, `roles[0]`, `address[city]`. */
const BRACKETED = /^([^[\]]+)\[([^[\]]*)\]/;

type Members = Readonly<Record<string, unknown>>;

/**
 * Understands lists in a form: `roles[]` and `roles[0]`, in the order in which they come, as `roles` given several times is understood anyway.
 * @throws ApiError 400 that names what is no list, or comes in two notations
 */
export function withLists(parameters: Parameters, form: Members): Members {
  const members: Record<string, unknown> = Object.assign(Object.create(null), form);
  for (const [name, value] of Object.entries(form)) {
    const [whole, base = '', index = ''] = BRACKETED.exec(name) ?? [];
    if (whole !== name || parameters[base]?.type !== 'roles' || !/^\d{0,4}$/.test(index)) continue;
    if (Object.hasOwn(form, base)) {
      throw new ApiError(400, 'invalid_request', `${base} is given in two notations. Use one of them.`);
    }
    delete members[name];
    members[base] = [members[base] ?? [], value].flat();
  }
  return members;
}

/**
 * Refuses names that are probably meant for a parameter of the call, which is not there itself: ignored in silence, they would leave
 * somebody an admin. Other unknown members are ignored, so that a whole user can be sent back as it was read.
 *
 * @param elsewhere what another call takes, with where it belongs
 * @throws ApiError 400 that names the parameter
 */
export function assertKnownNames(
  parameters: Parameters,
  members: Members,
  elsewhere: Readonly<Record<string, string>>,
): void {
  for (const name of Object.keys(members)) {
    if (Object.hasOwn(parameters, name)) continue;
    const belongs = elsewhere[nearestName(name, Object.keys(elsewhere)) ?? ''];
    if (belongs !== undefined) {
      throw new ApiError(400, 'invalid_request', `This call does not take ${quoted(name)}. ${belongs}`);
    }
    const meant = nearestName(name, Object.keys(parameters));
    if (meant !== undefined && !Object.hasOwn(members, meant)) throw unknownName(name, meant);
  }
}

/** @param meant the name that was probably meant */
export function unknownName(name: string, meant: string | undefined): ApiError {
  const hint = meant === undefined ? '' : ` Did you mean ${meant}?`;
  return new ApiError(400, 'invalid_request', `There is no parameter ${quoted(name)} in this call.${hint}`);
}

const MAX_QUOTED = 60;

function quoted(name: string): string {
  return JSON.stringify(name.length > MAX_QUOTED ? `${name.slice(0, MAX_QUOTED)}…` : name);
}
