import type { AccentTokens } from '@signup-with-platform/design/accent';

/** How the platform looks and whom to ask: chosen by the operator, shown by popup, portal, documentation and mails. */
export interface Brand {
  readonly name: string;
  /** In the place of our mark. */
  readonly logo?: BrandLogo;
  /** In the place of our accent. */
  readonly accent?: AccentTokens;
  readonly support?: SupportContact;
  readonly termsUrl?: string;
  readonly privacyUrl?: string;
}

export interface BrandLogo {
  /** Names its content, so that it may be kept for ever. */
  readonly path: string;
  readonly contentType: 'image/svg+xml' | 'image/png';
  readonly bytes: Buffer;
}

export interface SupportContact {
  /** `mailto:` or a web page. */
  readonly href: string;
  /** As it is read: the e-mail address, or the page's without its scheme. */
  readonly text: string;
}
