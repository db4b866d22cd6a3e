import type { Selectable } from 'kysely';
import { emailKey } from './email-key.ts';
import { hashSecret, randomId } from './ids.ts';
import { present } from './present.ts';
import { RealmRepository } from './repository.ts';
import type { CodeFormat, CodePurpose, CodeVisibility, MailedCodeRow } from './tables.ts';

export type { CodeFormat, CodePurpose, CodeVisibility };

/** Where a code is asked for and typed, and nowhere else. */
export interface CodePlace {
  /** What the page belongs to, such as the interaction. */
  place: string;
  browserHash: string;
  purpose: CodePurpose;
}

/** A code that was mailed, without the code: that is made of the nonce, by a key which the database does not have. */
export interface MailedCode {
  email: string;
  nonce: string;
  format: CodeFormat;
  visibility: CodeVisibility;
  /** The known browser in which it was asked for. */
  device?: string;
  /** Wrong or right, with the present one. */
  tries: number;
  /** Codes that were sent to this address in this place. */
  sent: number;
  sentAt: Date;
  expiresAt: Date;
}

export type NewMailedCode = Pick<MailedCode, 'email' | 'format' | 'visibility' | 'device'>;

/** Codes that people read in a mail and type where they asked for it. A place has one at a time. */
export class MailedCodeRepository extends RealmRepository {
  /** Makes a new code, and ends the one before it. */
  async create(place: CodePlace, code: NewMailedCode, lifetimeMs: number): Promise<MailedCode> {
    const now = Date.now();
    const values = {
      browser_hash: place.browserHash,
      purpose: place.purpose,
      email: code.email,
      email_key: emailKey(code.email),
      nonce: randomId(),
      format: code.format,
      visibility: code.visibility,
      device: code.device ?? null,
      tries: 0,
      sent_at: now,
      expires_at: now + lifetimeMs,
    };
    const row = await this.db
      .insertInto('mailed_codes')
      .values({ realm: this.realm, place_hash: hashSecret(place.place), sent: 1, ...values })
      .onConflict((conflict) =>
        conflict.columns(['realm', 'place_hash']).doUpdateSet((set) => ({
          ...values,
          sent: set
            .case()
            .when('mailed_codes.email_key', '=', values.email_key)
            .then(set('mailed_codes.sent', '+', 1))
            .else(1)
            .end(),
        })),
      )
      .returningAll()
      .executeTakeFirstOrThrow();
    return toMailedCode(row);
  }

  /** The latest code of a place, which may have expired: it says when another one can be asked for. */
  async find({ place, browserHash }: Pick<CodePlace, 'place' | 'browserHash'>): Promise<MailedCode | undefined> {
    const row = await this.db
      .selectFrom('mailed_codes')
      .selectAll()
      .where('realm', '=', this.realm)
      .where('place_hash', '=', hashSecret(place))
      .where('browser_hash', '=', browserHash)
      .executeTakeFirst();
    return row && toMailedCode(row);
  }

  /**
   * Takes one of the tries that a code has, before it is compared, so that tries at the same moment are not more than there are.
   * @returns undefined when the code is over: expired, used, ended by a later one, or out of tries
   */
  async takeTry({ place, browserHash, purpose }: CodePlace, maxTries: number): Promise<MailedCode | undefined> {
    const row = await this.db
      .updateTable('mailed_codes')
      .set((set) => ({ tries: set('tries', '+', 1) }))
      .where('realm', '=', this.realm)
      .where('place_hash', '=', hashSecret(place))
      .where('browser_hash', '=', browserHash)
      .where('purpose', '=', purpose)
      .where('tries', '<', maxTries)
      .where('expires_at', '>', Date.now())
      .returningAll()
      .executeTakeFirst();
    return row && toMailedCode(row);
  }

  /** Uses a code up. @returns false when somebody has, or it is over */
  async consume({ place, browserHash, purpose }: CodePlace, nonce: string): Promise<boolean> {
    const { numDeletedRows } = await this.db
      .deleteFrom('mailed_codes')
      .where('realm', '=', this.realm)
      .where('place_hash', '=', hashSecret(place))
      .where('browser_hash', '=', browserHash)
      .where('purpose', '=', purpose)
      .where('nonce', '=', nonce)
      .where('expires_at', '>', Date.now())
      .executeTakeFirst();
    return numDeletedRows > 0n;
  }
}

function toMailedCode(row: Selectable<MailedCodeRow>): MailedCode {
  return present<MailedCode>({
    email: row.email,
    nonce: row.nonce,
    format: row.format,
    visibility: row.visibility,
    device: row.device,
    tries: row.tries,
    sent: row.sent,
    sentAt: new Date(row.sent_at),
    expiresAt: new Date(row.expires_at),
  });
}
