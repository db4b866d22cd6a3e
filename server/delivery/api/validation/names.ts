import { ApiError } from '../api-error.ts';
import type { ApiRoute } from '../route.ts';
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

type Call = Pick<ApiRoute, 'method' | 'path' | 'parameters' | 'elsewhere' | 'query'>;

/**
 * Refuses names that are probably meant for a parameter of the call, which is not there itself: ignored in silence, they would leave
 * somebody an admin, or delete everything instead of what was named. Other unknown members are ignored, so that a whole user can be sent
 * back as it was read.
 *
 * @throws ApiError 400 that names the parameter, and where it belongs
 */
export function assertKnownNames(call: Call, members: Members): void {
  const { parameters = {}, elsewhere = {}, query } = call;
  for (const name of Object.keys(members)) {
    if (Object.hasOwn(parameters, name)) continue;
    const belongs = elsewhere[nearestName(name, Object.keys(elsewhere)) ?? ''];
    if (belongs !== undefined) {
      throw new ApiError(400, 'invalid_request', `This call does not take ${quoted(name)}. ${belongs}`);
    }
    const inQuery = nearestName(name, Object.keys(query?.shape ?? {}));
    if (inQuery !== undefined) throw misplaced(name, `in the query of the URL: ${call.method} ${urlOf(call, inQuery)}`);
    const meant = nearestName(name, Object.keys(parameters));
    if (meant !== undefined && !Object.hasOwn(members, meant)) throw unknownName(name, meant);
  }
}

/**
 * Why a query may not have this name: the call takes it in the body, or not at all.
 * @returns ApiError 400
 */
export function unknownInQuery({ parameters = {}, query }: Pick<Call, 'parameters' | 'query'>, name: string): ApiError {
  const meant = nearestName(name, Object.keys(query?.shape ?? {}));
  if (meant === undefined && nearestName(name, Object.keys(parameters)) !== undefined) {
    return misplaced(name, 'in the body, because URLs are kept in logs');
  }
  return unknownName(name, meant);
}

function misplaced(name: string, where: string): ApiError {
  return new ApiError(400, 'invalid_request', `Send ${quoted(name)} ${where}.`);
}

const urlOf = ({ path }: Call, name: string) => `/1${path}?${name}=…`;

/** @param meant the name that was probably meant */
function unknownName(name: string, meant: string | undefined): ApiError {
  const hint = meant === undefined ? '' : ` Did you mean ${meant}?`;
  return new ApiError(400, 'invalid_request', `There is no parameter ${quoted(name)} in this call.${hint}`);
}

const MAX_QUOTED = 60;

function quoted(name: string): string {
  return JSON.stringify(name.length > MAX_QUOTED ? `${name.slice(0, MAX_QUOTED)}…` : name);
}
