import type { Page } from '@playwright/test';

/** What a vendor pastes: what the platform says of the app, and where the vendor's own site is. */
export interface Given {
  issuer: string;
  clientId: string;
  clientSecret: string;
  /** Of the vendor's site, at `port` of this machine. */
  origin: string;
  port: number;
  redirectUri: string;
}

/** A relying party that runs. */
export interface RelyingParty {
  stop(): Promise<void>;
  /** What it has written so far. */
  output(): string;
}

/** What differs from the client's defaults, and why. */
export interface Deviation {
  setting: string;
  reason: string;
}

export type Claim = 'sub' | 'email' | 'name';

/** A client that somebody else wrote, and a relying party of a few lines that uses it as its own documentation shows. */
export interface Client {
  /** As its authors write it, with the major version where several are in use. */
  name: string;
  /** Where it is had from. */
  registry: 'npm' | 'PyPI' | 'Go' | 'Maven' | 'Debian';
  /** The version that runs here. */
  version: string;
  /** What is pasted: a sample of the portal's, or what stands in a folder beside this file. */
  pasted: { sample: string } | { folder: string };
  /** The path of the redirect URI. */
  callback: string;
  /** Where sign-in begins: a path, or one whose page has a button with that name. */
  begin: string;
  button?: string;
  /** Where the client signs people out at the shop and at the platform, if it does so by itself: a path, or a button of the page. */
  signOut?: { path?: string; button?: string };
  deviations?: readonly Deviation[];
  /** Who is signed in, once the person is back. Without it, the page on which they end is JSON. */
  shows?: (page: Page) => Promise<Record<string, unknown>>;
  /** The claims that it shows. Without it, all. */
  claims?: readonly Claim[];
  /** @throws NotHere */
  start(given: Given): Promise<RelyingParty>;
}

export const ALL_CLAIMS: readonly Claim[] = ['sub', 'email', 'name'];

/** The name of the test, by which it is chosen and its result is found. */
export function titleOf({ name, registry }: Client): string {
  return `[${registry}: ${name}] signs a person in`;
}

/** What is needed to run a client is not on this machine, and could not be installed. */
export class NotHere extends Error {
  override name = 'NotHere';
}

/** Replaces what stands for a vendor's values in the lines to paste. */
export function fillIn(text: string, { issuer, clientId, origin }: Given): string {
  return text
    .replaceAll('https://platform.example', issuer)
    .replaceAll('YOUR_CLIENT_ID', clientId)
    .replaceAll('https://shop.example', origin);
}
