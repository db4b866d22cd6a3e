import type { AccentTokens } from '@signup-with-platform/design/accent';

/** The operator's name, look and contacts, as the popup, the portal, the documentation and the mails show them. */
export interface Brand {
  readonly name: string;
  /** Replaces the default logo. */
  readonly logo?: BrandLogo;
  /** Replaces the default accent colour. */
  readonly accent?: AccentTokens;
  readonly support?: SupportContact;
  /** Where developers help each other: a forum, a chat. */
  readonly communityUrl?: string;
  readonly termsUrl?: string;
  readonly privacyUrl?: string;
}

export interface BrandLogo {
  /** Contains a hash of the content, so that caches may keep it forever. */
  readonly path: string;
  readonly contentType: 'image/svg+xml' | 'image/png';
  readonly bytes: Buffer;
}

export interface SupportContact {
  /** `mailto:` or a web page. */
  readonly href: string;
  /** What people read: the email address, or the page's URL without its scheme. */
  readonly text: string;
}
