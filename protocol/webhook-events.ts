import type { Environment } from './environment.ts';

/** The headers of a delivery, by Standard Webhooks 1.0 (https://www.standardwebhooks.com). */
export const WEBHOOK_HEADERS = {
  /** The same for each time that the event is sent, also when it is replayed. Whoever acts once on each event remembers it. */
  ID: 'webhook-id',
  /** When this attempt was sent, in seconds since the epoch. */
  TIMESTAMP: 'webhook-timestamp',
  /** `v1,` and the base64 of the HMAC; several, separated by spaces, while a secret is rotated. */
  SIGNATURE: 'webhook-signature',
} as const;

/** Before the base64 of a secret, so that people and secret scanners know one when they see it. */
export const WEBHOOK_SECRET_PREFIX = 'whsec_';
/** How far `webhook-timestamp` may be from the receiver's clock, in either direction. */
export const WEBHOOK_TOLERANCE_SECONDS = 300;
/** The `version` in each event. A member may be added in the same version; one that goes or changes makes another. */
export const WEBHOOK_EVENT_VERSION = 1;

/** What every event says. The values that people shared are never in it: ask the user API, which knows what is granted now. */
interface AboutApp {
  version: typeof WEBHOOK_EVENT_VERSION;
  /** Of the environment that this is about. */
  client_id: string;
  environment: Environment;
  /** Somebody has had this event sent again. It is absent from the first delivery and from what is repeated because it failed. */
  is_replay?: true;
  /** Somebody is trying the endpoint, and nothing has happened. What the event names does not exist. */
  is_test?: true;
}

interface AboutUser extends AboutApp {
  /** The `sub` of the credential, and the `id` in the user API. */
  user_id: string;
  /**
   * Counts the events of this user, from 1. An event whose number is not above the last one that you have acted on is late: ignore it. A gap
   * says that an event is still to come, or was given up.
   */
  sequence: number;
}

interface UserChanged extends AboutUser {
  /** The names of what changed, as in the credential, or as in the user API what no credential has. Never empty. */
  changed: string[];
}

/** What `key.rotated` can be about, which its `changed` names. */
export const ROTATED_KEYS = ['api_key', 'client_secret', 'webhook_secret', 'signing_key'] as const;
export type RotatedKey = (typeof ROTATED_KEYS)[number];

/** `data` of each type of event. */
export interface WebhookEventData {
  /** Somebody has signed up with your app, or your backend has made the user. */
  'user.created': AboutUser;
  /** Something changed that this person shares with you. */
  'user.updated': UserChanged;
  /** This person now shares more with you, or less. */
  'user.consent_changed': UserChanged;
  /** This person has disconnected your app from the account. Nothing is shared any more; the account goes on. */
  'user.disconnected': AboutUser;
  /** The account, or your user, has been deleted. Delete what you need not keep. */
  'user.deleted': AboutUser;
  /** This person has proven the email address that is shared with you. */
  'email.verified': AboutUser;
  /** The platform's operator has stopped your app, and nobody signs in with it. */
  'app.suspended': AboutApp;
  /** A key was replaced. If you did not do it, somebody else did. */
  'key.rotated': AboutApp & { changed: RotatedKey[] };
}

export type WebhookEventType = keyof WebhookEventData;

export const WEBHOOK_EVENT_TYPES = Object.keys({
  'user.created': true,
  'user.updated': true,
  'user.consent_changed': true,
  'user.disconnected': true,
  'user.deleted': true,
  'email.verified': true,
  'app.suspended': true,
  'key.rotated': true,
} satisfies Record<WebhookEventType, true>) as readonly WebhookEventType[];

/** The JSON body of a delivery of one type. */
export interface WebhookEventOf<Type extends WebhookEventType> {
  type: Type;
  /** When it happened, in ISO 8601. The header says when it was sent. */
  timestamp: string;
  data: WebhookEventData[Type];
}

/** The JSON body of a delivery. Testing `type` tells TypeScript which `data` it has. */
export type WebhookEvent = { [Type in WebhookEventType]: WebhookEventOf<Type> }[WebhookEventType];
