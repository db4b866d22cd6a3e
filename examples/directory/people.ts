import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { promisify } from 'node:util';

const hash = promisify(scrypt) as (password: string, salt: Buffer, length: number) => Promise<Buffer>;
const BYTES = 32;

/** A person in the file: what the platform is told, and the password as `salt.hash` in base64, which it never sees. */
export interface Person {
  readonly profile: { readonly email: string } & Readonly<Record<string, unknown>>;
  readonly password: string;
}

export function readPeople(file: string): Person[] {
  return JSON.parse(readFileSync(file, 'utf8'));
}

export async function hashPassword(password: string, salt = randomBytes(16)): Promise<string> {
  return `${salt.toString('base64')}.${(await hash(password, salt, BYTES)).toString('base64')}`;
}

/** Of nobody. It is compared where there is no person, so that the time does not tell which addresses are known. */
const NOBODYS = hashPassword(randomBytes(16).toString('base64'));

export async function isPasswordOf(person: Person | undefined, password: string): Promise<boolean> {
  const kept = person?.password ?? (await NOBODYS);
  const computed = await hashPassword(password, Buffer.from(kept.split('.')[0] ?? '', 'base64'));
  const [one, other] = [Buffer.from(kept), Buffer.from(computed)];
  return person !== undefined && one.length === other.length && timingSafeEqual(one, other);
}
