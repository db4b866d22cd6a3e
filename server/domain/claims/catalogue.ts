import {
  CLAIMS,
  CLAIMS_OF_SCOPE,
  type Claim,
  claimsOfField,
  FIELDS,
  type Field,
  fieldOf,
  isClaim,
  isField,
  type OwnName,
  type Realm,
  type UserClaims,
} from '@signup-with-platform/protocol';
import type { OwnField } from '../../../process/settings/own-fields.ts';
import type { Account, AccountProfile } from '../../storage/accounts.ts';
import type { FieldDescriptor, FieldInput, Home } from './field-descriptor.ts';
import { FIELD_DESCRIPTORS, INPUTS, toProfile } from './fields.ts';
import { describeOwnField, inputNameOf, ownNameOf } from './own-field.ts';

/** What an account tells, claim by claim: those of every platform, and the operator's own. */
export type ToldClaims = UserClaims & { readonly [Name in OwnName]?: unknown };

/** An app, as far as the operator's approval goes. */
export interface Asker {
  readonly realm: Realm;
  readonly approvedFields: readonly string[];
}

/** An input of any field, with its name in forms. */
export interface NamedInput extends FieldInput {
  readonly name: string;
}

/** A field that was in the file once: nothing of it is told or asked for, and what was agreed to can still be taken back. */
const GONE: FieldDescriptor = { icon: '', claims: () => ({}), inputs: {}, toProfile: () => ({}) };

/** The fields of one platform: those that every platform has, and those that its operator has added (`OWN_FIELDS`). */
export class FieldCatalogue {
  readonly own: readonly OwnField[];
  /** In the order in which they are shown. */
  readonly claims: readonly Claim[];
  readonly fields: readonly Field[];
  /** Of every field that can be typed in. */
  readonly inputs: readonly NamedInput[];
  readonly scopes: Readonly<Record<string, readonly Claim[]>>;
  readonly #ownByName: ReadonlyMap<string, OwnField>;
  readonly #descriptors: ReadonlyMap<string, FieldDescriptor>;

  constructor(own: readonly OwnField[]) {
    this.own = own;
    this.#ownByName = new Map(own.map((field) => [field.name, field]));
    this.#descriptors = new Map(own.map((field) => [field.name, describeOwnField(field)]));
    this.claims = [...CLAIMS, ...own.map(ownNameOf)];
    this.fields = [...FIELDS, ...own.map(ownNameOf)];
    this.inputs = [...INPUTS, ...own.flatMap((field) => this.inputsOf(ownNameOf(field)))];
    const scopes = new Map<string, Claim[]>(
      Object.entries(CLAIMS_OF_SCOPE).map(([scope, names]) => [scope, [...names]]),
    );
    for (const field of own) scopes.set(field.scope, [...(scopes.get(field.scope) ?? []), ownNameOf(field)]);
    this.scopes = Object.fromEntries(scopes);
  }

  /** Whether a name is one of a claim that can be asked for. */
  has(name: string): name is Claim {
    return isClaim(name) || this.#ownByName.has(name);
  }

  hasField(name: string): name is Field {
    return isField(name) || this.#ownByName.has(name);
  }

  /** The operator's declaration of a field; undefined of others, and of one that is in the file no more. */
  ownField(name: string): OwnField | undefined {
    return this.#ownByName.get(name);
  }

  /**
   * Whether an app may have a field at all. One that needs the operator's approval only with it, except of test people, of whom everybody may try
   * it out.
   */
  isOpenTo(field: Field, { realm, approvedFields }: Asker): boolean {
    if (isField(field)) return true;
    const own = this.#ownByName.get(field);
    return own !== undefined && (!own.needsApproval || realm === 'sandbox' || approvedFields.includes(field));
  }

  /** Names of the own fields that an app may not have. */
  withheldFrom(app: Asker): string[] {
    return this.own.filter((field) => !this.isOpenTo(ownNameOf(field), app)).map(({ name }) => name);
  }

  /** The claims that a scope stands for; none for a scope that is none of ours. */
  claimsOfScope(scope: string): readonly Claim[] {
    return Object.hasOwn(this.scopes, scope) ? (this.scopes[scope] ?? []) : [];
  }

  /** Expands the names that a vendor writes into the claims that are asked for, in the order of {@link claims}: a field's name asks for all of it. */
  claimsOf(names: Iterable<Claim>): Claim[] {
    const asked = new Set([...names].flatMap((name) => (this.hasField(name) ? [...claimsOfField(name)] : [name])));
    return this.claims.filter((claim) => asked.has(claim));
  }

  descriptorOf(field: Field): FieldDescriptor {
    return isField(field) ? FIELD_DESCRIPTORS[field] : (this.#descriptors.get(field) ?? GONE);
  }

  /** The inputs of a field; none where it cannot be typed in. */
  inputsOf(field: Field): NamedInput[] {
    return Object.entries(this.descriptorOf(field).inputs).map(([name, input]) => ({ ...input, name }));
  }

  /** All claims that an account has a value for. */
  claimsOfAccount(account: Account): ToldClaims {
    const claims = this.fields.flatMap((field) => Object.entries(this.descriptorOf(field).claims(account)));
    return Object.fromEntries(claims.filter(([, value]) => value !== undefined && value !== ''));
  }

  /** What texts say about an account, by the names of inputs. Of the operator's own fields, those that no text names are left out. */
  toProfile(texts: Readonly<Record<string, string | undefined>>, home?: Home): AccountProfile {
    const parts = this.own.map((field) => describeOwnFieldTexts(field, texts));
    const ownClaims = Object.assign({}, ...parts) as Record<string, string>;
    return { ...toProfile(texts, home), ...(Object.keys(ownClaims).length > 0 && { ownClaims }) };
  }

  /** The order in which fields are shown; those that are in the file no more come last. */
  fieldsOf(claims: Iterable<Claim>): Field[] {
    const fields = new Set([...claims].map(fieldOf));
    return [
      ...this.fields.filter((field) => fields.has(field)),
      ...[...fields].filter((field) => !this.fields.includes(field)),
    ];
  }
}

/** The operator may tell what people may not, so it is read by the field and not by the inputs that people get. */
function describeOwnFieldTexts(field: OwnField, texts: Readonly<Record<string, string | undefined>>) {
  const read = describeOwnField(field).toProfile({ [inputNameOf(field)]: texts[inputNameOf(field)] });
  return read.ownClaims ?? {};
}

/** The fields that every platform has. */
export const BUILT_IN = new FieldCatalogue([]);
