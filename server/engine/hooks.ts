import type { ErrorOut, KoaContextWithOIDC, default as Provider } from 'oidc-provider';
import type { Interaction } from './engine-internals.ts';

type Context = Parameters<Parameters<Provider['use']>[0]>[0];

/** The pages that the engine answers with. It imports none, so the code that creates it passes these functions. */
export interface EngineHooks {
  /** Answers with the page that an interaction begins with. */
  firstPage(ctx: Context, interaction: Interaction): Promise<void>;
  /** Where an interaction begins instead of at its first page; undefined for that. */
  leadAway(ctx: Context, interaction: Interaction): Promise<URL | undefined>;
  /** Answers with the page that hands an authorization response to the origin at `redirectUri`. */
  deliver(ctx: KoaContextWithOIDC, redirectUri: string, response: Record<string, unknown>): Promise<void>;
  /** Answers with the page that posts an authorization response to `redirectUri`. */
  post(ctx: KoaContextWithOIDC, redirectUri: string, response: Record<string, unknown>): Promise<void>;
  /** Answers with the page that says where an answer leads, and leaves it to the person to go there. */
  leave(ctx: KoaContextWithOIDC, address: string): Promise<void>;
  /** Answers with the page for who has agreed to a device. */
  deviceApproved(ctx: KoaContextWithOIDC): Promise<void>;
  /** Answers with the page for a device that is not to be, or not any more. */
  deviceRefused(ctx: KoaContextWithOIDC, out: ErrorOut, error: Error): Promise<void>;
  /** Answers with the page for an error that may not be sent anywhere. */
  renderError(ctx: KoaContextWithOIDC, out: ErrorOut, error: Error): Promise<void>;
}
