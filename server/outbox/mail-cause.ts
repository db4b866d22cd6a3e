import type { Realm } from '@signup-with-platform/protocol';

/** What made us write a mail. `mail-policy.ts` decides by it where the mail goes. */
export type MailCause =
  /** The platform itself: about an account of production, to its owner, or to members about their app. */
  | { readonly by: 'platform' }
  /** Somebody at the platform's pages of the sandbox, with an account or an address that belongs to an app, or to none. */
  | { readonly by: 'tester'; readonly appId: string | undefined; readonly accountId?: string }
  /** An app's backend, by a key of one of its environments: in the vendor's words, to the vendor's users. */
  | { readonly by: 'environment'; readonly realm: Realm; readonly appId: string }
  /** A member of an app who invites somebody. */
  | { readonly by: 'member'; readonly appId: string };
