import { ENVIRONMENTS, ID_TOKEN_ALGS, REALMS } from '@signup-with-platform/protocol';
import { z } from 'zod';

const environmentSchema = z.object({
  client_id: z.string(),
  client_secret: z.string(),
  api_key: z.string(),
  origin: z.string(),
  redirect_uri: z.string(),
  /** What the environment calls the person who agreed to share with it: Ada in production, Tess in the sandbox realm. */
  sub: z.string(),
});

/**
 * What people, vendors and the operator know of an installation that was left behind by some version: their passwords, secrets and ids.
 * It is test data, and opens nothing but the fixture that it stands beside. What a later version adds is optional here, because fixtures of
 * earlier versions lack it.
 */
export const worldSchema = z.object({
  about: z.string(),
  version: z.string(),
  /** When the last row was written: `movedToNow` takes it as half an hour ago. */
  made_at: z.iso.datetime(),
  /** The password of every account. */
  password: z.string(),
  app: z.object({
    id: z.string(),
    name: z.string(),
    logo: z.string(),
    /** How the ID tokens are signed that its backend redeems a code for. Before there was a choice: ES256. */
    id_token_alg: z.enum(ID_TOKEN_ALGS).default('ES256'),
  }),
  environments: z.record(z.enum(ENVIRONMENTS), environmentSchema),
  /** Of the production environment; works until its grace time is over, as does `keys.replaced`. */
  previous_client_secret: z.string(),
  /** Other API keys of the production environment: from where they may be used is 127.0.0.0/8, or elsewhere. */
  keys: z.object({ replaced: z.string(), read_only: z.string(), from_here: z.string(), from_elsewhere: z.string() }),
  signup_endpoint: z.string(),
  /** `kid` of what was published. */
  signing_keys: z.record(z.enum(REALMS), z.array(z.string())),
  emails: z.object({
    owner: z.string(),
    developer: z.string(),
    reader: z.string(),
    ada: z.string(),
    unconfirmed: z.string(),
    blocked: z.string(),
    leaving: z.string(),
    invited: z.string(),
    /** In the sandbox realm. */
    tess: z.string(),
  }),
  /** Of the browsers in which they are signed in. */
  cookies: z.object({ ada: z.array(z.string()), tess: z.array(z.string()) }),
  ada: z.object({
    phone_number: z.string(),
    /** The one that is shared unless she says otherwise, and another. */
    streets: z.array(z.string()),
    picture: z.string(),
    passkey: z.object({ credentialId: z.string(), userHandle: z.string(), privateKey: z.string() }),
    /** What production got when she agreed. She has stopped sharing her address since. */
    credential: z.string(),
    refresh_token: z.string(),
  }),
  /** Paths of links in mails. */
  links: z.object({ invitation: z.string(), confirm_email: z.string() }),
  /** A user whom the vendor made in production. */
  vendor_user: z.object({
    id: z.string(),
    idempotency_key: z.string(),
    request: z.object({ email: z.string(), username: z.string(), password: z.string() }),
    /** Of a mail about a forgotten password. */
    reset_code: z.string(),
  }),
});

export type World = z.infer<typeof worldSchema>;
